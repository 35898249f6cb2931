// The threat map: where attacks come from. Origins only; the list beside it holds the same rows for keyboard and screen reader.

import { adopt } from './adopt.js';
import * as echarts from '../_static/echarts/6.0.0/dist/echarts.esm.min.js';

// Equal Earth (Šavrič, Patterson, Jenny 2018): areas stay true, so a country does not look guilty for lying far north.
const A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796, M = Math.sqrt(3) / 2, RADIAN = Math.PI / 180, SCALE = 180 / Math.PI;
export const equalEarth = {
  project([longitude, latitude]) {
    const t = Math.asin(M * Math.sin(latitude * RADIAN)), t2 = t * t, t6 = t2 * t2 * t2;
    const x = (longitude * RADIAN * Math.cos(t)) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)));
    return [x * SCALE, -t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)) * SCALE];
  },
  unproject([x, y]) {
    const goal = -y / SCALE;
    let t = goal;
    for (let i = 0; i < 12; i++) {
      const t2 = t * t, t6 = t2 * t2 * t2;
      const step = (t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)) - goal) / (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2));
      t -= step;
      if (Math.abs(step) < 1e-9) break;
    }
    const t2 = t * t, t6 = t2 * t2 * t2;
    return [(M * (x / SCALE) * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2))) / Math.cos(t) / RADIAN, Math.asin(Math.sin(t) / M) / RADIAN];
  },
};

const SHAPE = {
  critical: 'path://M4.2.6h5.6L13.4 4.2v5.6L9.8 13.4H4.2L.6 9.8V4.2z',
  high: 'path://M7 1 13.4 12.6H.6z',
  medium: 'path://M7 .6 13.4 7 7 13.4.6 7z',
  low: 'path://M7 1A6 6 0 1 1 7 13A6 6 0 1 1 7 1ZM7 3.6A3.4 3.4 0 1 0 7 10.4A3.4 3.4 0 1 0 7 3.6Z',
  info: 'path://M3.6 3.6h6.8v6.8h-6.8z',
};
const GRAVITY = ['info', 'low', 'medium', 'high', 'critical'];
const PROPORTION = 2.25; // Width to height of the world without Antarctica.
const ARCS = 50;
const NAMED = 12;

let world;
function loaded() {
  world ??= fetch(new URL('./world.json', import.meta.url))
    .then((answer) => { if (!answer.ok) throw new Error(`world outline: ${answer.status}`); return answer.json(); })
    .then((outline) => echarts.registerMap('world', outline))
    .catch((problem) => { world = undefined; throw problem; });
  return world;
}

let palette;
function token(name) {
  palette ??= getComputedStyle(document.documentElement);
  return palette.getPropertyValue(`--va-${name}`).trim();
}

/**
 * `origins` = [{ id, name, latitude, longitude, severity, count }], `sites` = [{ name, latitude, longitude }], `chosen` = id.
 * Fires `origin-chosen` with the id in `detail.id`. `zoomBy(factor)` and `zoomOut()` are for the buttons and keys beside it.
 */
class ThreatMap extends HTMLElement {
  #origins = [];
  #sites = [];
  #chosen = '';
  #drawing = null;
  #sizes = null;

  set origins(origins) { this.#origins = origins ?? []; this.render(); }
  get origins() { return this.#origins; }
  set sites(sites) { this.#sites = sites ?? []; this.render(); }
  get sites() { return this.#sites; }
  set chosen(chosen) { this.#chosen = chosen ?? ''; this.render(); }
  get chosen() { return this.#chosen; }

  connectedCallback() {
    adopt(this, 'origins', 'sites', 'chosen');
    loaded().then(() => this.begin()).catch(() => this.setAttribute('data-failed', ''));
  }

  disconnectedCallback() {
    this.#sizes?.disconnect();
    this.#drawing?.dispose();
    this.#sizes = this.#drawing = null;
  }

  begin() {
    if (!this.isConnected || this.#drawing) return;
    const canvas = document.createElement('div');
    canvas.className = 'canvas';
    this.replaceChildren(canvas);
    this.setAttribute('role', 'img');
    this.#drawing = echarts.init(canvas, null, { renderer: 'canvas' });
    this.#drawing.on('click', { seriesName: 'origins' }, (event) =>
      this.dispatchEvent(new CustomEvent('origin-chosen', { detail: { id: event.data.id } })));
    this.#drawing.setOption(this.ground());
    this.#sizes = new ResizeObserver(() => {
      this.#drawing?.resize();
      this.#drawing?.setOption({ geo: this.place() });
    });
    this.#sizes.observe(canvas);
    this.render();
  }

  zoomBy(factor) {
    const zoom = this.#drawing?.getOption().geo[0].zoom ?? 1;
    this.#drawing?.setOption({ geo: { zoom: Math.min(12, Math.max(1, zoom * factor)) } });
  }

  zoomOut() { this.#drawing?.setOption({ geo: { zoom: 1, center: null } }); }

  /** As wide or as high as there is room, never stretched. */
  place() {
    const { clientWidth: width, clientHeight: height } = this;
    return width / Math.max(1, height) < PROPORTION
      ? { left: -34, right: -6, width: null, top: 'middle', bottom: null, height: null }
      : { top: 8, bottom: 8, height: null, left: 'center', right: null, width: null };
  }

  ground() {
    return {
      animation: false,
      backgroundColor: 'transparent',
      geo: {
        map: 'world', roam: true, projection: equalEarth, silent: true, scaleLimit: { min: 1, max: 12 },
        ...this.place(),
        itemStyle: { areaColor: '#29293f', borderColor: token('night-6'), borderWidth: 0.6 },
        emphasis: { disabled: true }, select: { disabled: true }, label: { show: false },
      },
    };
  }

  render() {
    if (!this.#drawing) return;
    const origins = [...this.#origins].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity) || a.count - b.count);
    const most = Math.max(1, ...origins.map((origin) => origin.count));
    const named = new Set([...origins].sort((a, b) => b.count - a.count).slice(0, NAMED).map((origin) => origin.id));
    const halo = (origin) => 16 + 26 * Math.sqrt(origin.count / most);
    const point = (origin, extra) => ({ id: origin.id, name: origin.name, value: [origin.longitude, origin.latitude, origin.count], ...extra });
    const colour = (origin) => token(`sev-${origin.severity}`);
    this.setAttribute('aria-label', this.sentence());
    this.#drawing.setOption({
      series: [
        {
          name: 'arcs', id: 'arcs', type: 'lines', coordinateSystem: 'geo', silent: true, z: 2,
          data: this.#sites.length ? origins.slice(-ARCS).flatMap((origin) => this.#sites.slice(0, 1).map((site) => ({
            coords: [[origin.longitude, origin.latitude], [site.longitude, site.latitude]],
            lineStyle: { color: colour(origin), width: origin.id === this.#chosen ? 2.4 : 1.1, opacity: origin.id === this.#chosen ? 0.95 : 0.4, curveness: 0.2 },
          }))) : [],
        },
        {
          name: 'halos', id: 'halos', type: 'scatter', coordinateSystem: 'geo', silent: true, z: 3,
          data: origins.map((origin) => point(origin, {
            symbolSize: halo(origin),
            itemStyle: { color: colour(origin), opacity: origin.id === this.#chosen ? 0.34 : 0.16, borderColor: colour(origin), borderWidth: 1 },
          })),
        },
        {
          name: 'origins', id: 'origins', type: 'scatter', coordinateSystem: 'geo', z: 4,
          data: origins.map((origin) => point(origin, {
            symbol: SHAPE[origin.severity] ?? SHAPE.info,
            symbolSize: origin.severity === 'info' ? 8 : 12,
            itemStyle: { color: colour(origin), borderColor: token('night-1'), borderWidth: origin.id === this.#chosen ? 0 : 0.8 },
            label: {
              show: named.has(origin.id) || origin.id === this.#chosen, formatter: () => origin.name, position: 'bottom', distance: halo(origin) / 2 - 2,
              color: token('text-2'), fontSize: 11, fontFamily: token('font'), textBorderColor: token('night-1'), textBorderWidth: 3,
            },
          })),
          labelLayout: { hideOverlap: true },
        },
        {
          name: 'sites', id: 'sites', type: 'scatter', coordinateSystem: 'geo', silent: true, z: 5, symbol: 'roundRect', symbolSize: 9,
          data: this.#sites.map((site) => ({ name: site.name, value: [site.longitude, site.latitude] })),
          itemStyle: { color: token('night-1'), borderColor: '#fff', borderWidth: 1.8 },
          label: { show: true, formatter: ({ name }) => name, position: 'top', color: token('text-1'), fontSize: 12, fontWeight: 560, fontFamily: token('font'), textBorderColor: token('night-1'), textBorderWidth: 3 },
        },
      ],
    });
  }

  sentence() {
    if (!this.#origins.length) return 'World map. No attack has a known place.';
    const [first] = [...this.#origins].sort((a, b) => b.count - a.count);
    return `World map with ${this.#origins.length} origins. Most attacks, ${first.count}, come from ${first.name}. The list beside it has them all.`;
  }
}

customElements.define('va-map', ThreatMap);
