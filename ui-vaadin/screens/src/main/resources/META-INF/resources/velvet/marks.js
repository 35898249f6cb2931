// Small drawn marks: icons, severity glyphs, kill-chain ticks and outcome. They build their own nodes and read only
// attributes, so data can never become markup.

const SVG = 'http://www.w3.org/2000/svg';
const SPRITE = new URL('./icons.svg', import.meta.url).pathname;

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function text(className, words) {
  const node = document.createElement('span');
  node.className = className;
  node.textContent = words;
  return node;
}

/** An icon of the sprite. Decorative unless it has a `label`. */
class Icon extends HTMLElement {
  static observedAttributes = ['name', 'label'];
  connectedCallback() { this.draw(); }
  attributeChangedCallback() { if (this.isConnected) this.draw(); }
  draw() {
    const label = this.getAttribute('label');
    const drawing = svg('svg', { class: 'i', 'aria-hidden': 'true' }, svg('use', { href: `${SPRITE}#${this.getAttribute('name')}` }));
    this.replaceChildren(drawing, ...(label ? [text('sr', label)] : []));
  }
}

const SHAPES = {
  critical: () => [
    svg('path', { d: 'M4.2.6h5.6L13.4 4.2v5.6L9.8 13.4H4.2L.6 9.8V4.2z', fill: 'currentColor' }),
    svg('path', { d: 'M7 3.5v4.2M7 10.1v.5', class: 'cut', 'stroke-width': '1.8', 'stroke-linecap': 'round' }),
  ],
  high: () => [svg('path', { d: 'M7 1 13.4 12.6H.6z', fill: 'currentColor', stroke: 'currentColor', 'stroke-width': '1', 'stroke-linejoin': 'round' })],
  medium: () => [svg('path', { d: 'M7 .6 13.4 7 7 13.4.6 7z', fill: 'currentColor' })],
  low: () => [svg('circle', { cx: '7', cy: '7', r: '5.2', fill: 'none', stroke: 'currentColor', 'stroke-width': '2.4' })],
  info: () => [svg('rect', { x: '3.6', y: '3.6', width: '6.8', height: '6.8', rx: '1.6', fill: 'currentColor' })],
};
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** A severity: colour, shape and word, always all three; with `quiet` the word is for screen readers and the tooltip only. */
class Severity extends HTMLElement {
  static observedAttributes = ['level', 'quiet'];
  connectedCallback() { this.draw(); }
  attributeChangedCallback() { if (this.isConnected) this.draw(); }
  draw() {
    const level = SHAPES[this.getAttribute('level')] ? this.getAttribute('level') : 'info';
    const quiet = this.hasAttribute('quiet');
    this.dataset.level = level;
    if (quiet) this.title = capital(level);
    else this.removeAttribute('title');
    const shape = svg('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' }, ...SHAPES[level]());
    this.replaceChildren(shape, text(quiet ? 'sr' : 'word', capital(level)));
  }
}

const STAGES = ['Recon', 'Weapon', 'Delivery', 'Exploit', 'Install', 'C2', 'Actions'];
const STAGES_IN_FULL = ['Reconnaissance', 'Weaponization', 'Delivery', 'Exploitation', 'Installation', 'Command and control', 'Actions on objectives'];

/** How far along the kill chain: seven ticks filled up to `reached`, and its short name unless `quiet`. */
class Stage extends HTMLElement {
  static observedAttributes = ['reached', 'quiet'];
  connectedCallback() { this.draw(); }
  attributeChangedCallback() { if (this.isConnected) this.draw(); }
  draw() {
    const reached = Math.min(7, Math.max(0, Number(this.getAttribute('reached')) || 0));
    if (!reached) {
      this.removeAttribute('title');
      this.replaceChildren(text('t3', this.hasAttribute('quiet') ? '' : 'no stage'));
      return;
    }
    const ticks = document.createElement('span');
    ticks.className = 'ticks';
    ticks.setAttribute('aria-hidden', 'true');
    for (let stage = 1; stage <= 7; stage++) {
      const tick = document.createElement('i');
      if (stage <= reached) tick.style.background = `var(--va-stage-${stage})`;
      ticks.append(tick);
    }
    this.title = `Stage ${reached} of 7: ${STAGES_IN_FULL[reached - 1]}`;
    this.replaceChildren(ticks, text(this.hasAttribute('quiet') ? 'sr' : 'word', `${reached} ${STAGES[reached - 1]}`));
  }
}

/** A neutral line with a dot at now. `points` holds numbers separated by spaces; it is drawn for the eye, the tile says it in words. */
class Spark extends HTMLElement {
  static observedAttributes = ['points'];
  connectedCallback() { this.draw(); }
  attributeChangedCallback() { if (this.isConnected) this.draw(); }
  draw() {
    const values = (this.getAttribute('points') ?? '').split(' ').filter(Boolean).map(Number).filter(Number.isFinite);
    if (values.length < 2) { this.replaceChildren(); return; }
    const top = Math.max(...values), bottom = Math.min(...values), height = top - bottom || 1;
    const at = values.map((value, i) => [(i * 100) / (values.length - 1), top === bottom ? 24 : 4 + (22 * (top - value)) / height]);
    const line = at.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
    const [, lastY] = at.at(-1);
    this.replaceChildren(svg('svg', { viewBox: '0 0 100 28', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('path', { d: line, class: 'line', 'vector-effect': 'non-scaling-stroke' }),
      svg('path', { d: `M100 ${lastY.toFixed(1)}h.01`, class: 'now', 'vector-effect': 'non-scaling-stroke' })));
  }
}

customElements.define('va-icon', Icon);
customElements.define('va-severity', Severity);
customElements.define('va-stage', Stage);
customElements.define('va-spark', Spark);
