// A time series: ECharts for the eye, the same numbers as a table for everyone else.

import { adopt } from './adopt.js';
import * as echarts from '../_static/echarts/6.0.0/dist/echarts.esm.min.js';

let palette;
function token(name) {
  palette ??= getComputedStyle(document.documentElement);
  return palette.getPropertyValue(`--va-${name}`).trim();
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric' });
const DAY = 86_400_000;
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const count = (value) => number.format(value).replaceAll(',', '\u202f');

function node(tag, className, words) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (words !== undefined) element.textContent = words;
  return element;
}

/**
 * `plot` = { unit, times: [epoch ms], series: [{ name, colour, values }] }. `tabular` shows the table instead of the drawing.
 * The element describes itself to screen readers in one sentence a series.
 */
class Chart extends HTMLElement {
  #plot = null;
  #tabular = false;
  #drawing = null;
  #sizes = null;

  set plot(plot) { this.#plot = plot; this.render(); }
  get plot() { return this.#plot; }
  set tabular(tabular) { this.#tabular = Boolean(tabular); this.render(); }
  get tabular() { return this.#tabular; }

  connectedCallback() {
    adopt(this, 'plot', 'tabular');
    this.render();
  }
  disconnectedCallback() { this.drop(); }

  drop() {
    this.#sizes?.disconnect();
    this.#drawing?.dispose();
    this.#sizes = this.#drawing = null;
  }

  render() {
    if (!this.isConnected || !this.#plot) return;
    if (this.#tabular) this.renderTable();
    else this.renderDrawing();
  }

  renderTable() {
    this.drop();
    this.removeAttribute('role');
    this.removeAttribute('aria-label');
    const { times, series, unit } = this.#plot;
    const table = node('table', 'plain');
    table.append(node('caption', 'sr', unit));
    const head = table.createTHead().insertRow();
    head.append(...['Time', ...series.map((one) => one.name)].map((name, i) => {
      const cell = node('th', i ? 'r' : '', name);
      cell.scope = 'col';
      return cell;
    }));
    const body = table.createTBody();
    for (let i = times.length - 1; i >= 0; i--) {
      const row = body.insertRow();
      row.append(node('td', 'num', dayAndClock.format(times[i])), ...series.map((one) => node('td', 'num r', count(one.values[i]))));
    }
    const scroller = node('div', 'scroller');
    scroller.tabIndex = 0;
    scroller.append(table);
    this.replaceChildren(scroller);
  }

  renderDrawing() {
    if (!this.#drawing) {
      const canvas = node('div', 'canvas');
      this.replaceChildren(canvas);
      this.#drawing = echarts.init(canvas, null, { renderer: 'canvas' });
      this.#sizes = new ResizeObserver(() => this.#drawing?.resize());
      this.#sizes.observe(canvas);
    }
    this.setAttribute('role', 'img');
    this.setAttribute('aria-label', this.sentence());
    this.#drawing.setOption(this.option(), { notMerge: true });
  }

  sentence() {
    const { unit, series } = this.#plot;
    return `${unit}. ${series.filter((one) => one.values.length).map((one) =>
      `${one.name}: between ${count(Math.min(...one.values))} and ${count(Math.max(...one.values))}, now ${count(one.values.at(-1))}`).join('. ')}.`;
  }

  option() {
    const { times, series } = this.#plot;
    const long = times.length > 1 && times.at(-1) - times[0] > 2 * DAY;
    const axis = { color: token('text-3'), fontSize: 11, fontFamily: token('font'), hideOverlap: true };
    return {
      animation: false,
      backgroundColor: 'transparent',
      grid: { left: 38, right: 8, top: 8, bottom: 22 },
      xAxis: {
        type: 'time', axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false }, splitNumber: 6,
        axisLabel: { ...axis, formatter: (at) => (long ? day : clock).format(at) },
      },
      yAxis: {
        type: 'value', min: 0, minInterval: 1, splitNumber: Math.max(1, Math.min(4, Math.floor(this.clientHeight / 36))), axisLine: { show: false }, axisTick: { show: false },
        splitLine: { lineStyle: { color: token('chart-grid') } }, axisLabel: { ...axis, formatter: count },
      },
      tooltip: {
        trigger: 'axis', confine: true, renderMode: 'html', padding: 0, borderWidth: 0, backgroundColor: 'transparent', extraCssText: 'box-shadow:none',
        axisPointer: { type: 'line', lineStyle: { color: token('line-3'), width: 1 } },
        formatter: (points) => this.tooltip(points),
      },
      series: series.map((one) => ({
        name: one.name, type: 'line', showSymbol: false, symbol: 'circle', symbolSize: 5, sampling: 'max', connectNulls: false,
        lineStyle: { width: 1.6, color: token(one.colour) }, itemStyle: { color: token(one.colour) },
        areaStyle: { opacity: 0.26, color: new echarts.graphic.LinearGradient(0, 0, 0, 1, [{ offset: 0, color: token(one.colour) }, { offset: 1, color: 'transparent' }]) },
        data: one.values.map((value, i) => [times[i], value]),
      })),
    };
  }

  tooltip(points) {
    const box = node('div', 'chart-tip');
    box.append(node('b', 'num', dayAndClock.format(points[0].value[0])));
    for (const point of points) {
      const row = node('div', 'row');
      const swatch = node('i');
      swatch.style.background = point.color;
      row.append(swatch, node('span', 'grow', point.seriesName), node('span', 'num t1', count(point.value[1])));
      box.append(row);
    }
    return box;
  }
}

customElements.define('va-chart', Chart);
