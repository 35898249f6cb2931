// The way from an event to the signed root. It builds its own nodes from hashes and fixed words, so data can never become
// markup. Solid and coloured is what was computed here, grey is what the proof gave.

const SVG = 'http://www.w3.org/2000/svg';
const STEP = 100;
const MARGIN = 62;
const HEIGHT = 236;
const MIDDLE = 118;

function node(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

const curve = (x1, y1, x2, y2) => `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;

class ProofPath extends HTMLElement {
  #drawing = null;

  set drawing(value) {
    this.#drawing = value;
    if (this.isConnected) this.draw();
  }
  get drawing() { return this.#drawing; }
  connectedCallback() { this.draw(); }

  draw() {
    if (!this.#drawing) return;
    const { stations, proven } = this.#drawing;
    const width = MARGIN * 2 + STEP * Math.max(1, stations.length - 1);
    const svg = node('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, 'aria-hidden': 'true', style: `min-width:${Math.round(width * .8)}px` });
    const lines = node('g', {});
    const marks = node('g', {});
    const at = (i) => [MARGIN + STEP * i, MIDDLE + (i % 2 ? -16 : 16)];
    stations.forEach((station, i) => {
      const [x, y] = at(i);
      if (i > 0) this.way(lines, marks, at(i - 1), [x, y], station);
      if (station.given) this.given(lines, marks, at(i - 1), [x, y], station);
      this.mark(marks, x, y, station, proven, i === 0);
    });
    svg.append(lines, marks);
    this.replaceChildren(svg);
  }

  way(lines, marks, [x1, y1], [x2, y2], station) {
    const skips = station.skipped > 0;
    lines.append(node('path', { d: curve(x1, y1, x2, y2), class: 'way', ...(skips ? { 'stroke-dasharray': '2 6' } : {}) }));
    if (skips) marks.append(node('text', { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 8, class: 'hash' }, `${station.skipped} more`));
  }

  given(lines, marks, [x1, y1], [x2, y2], station) {
    const above = station.givenIsLeft;
    const y = above ? Math.min(y1, y2) - 58 : Math.max(y1, y2) + 58;
    lines.append(node('path', { d: curve(x1, y, x2, y2), class: 'lent' }));
    marks.append(
      node('circle', { cx: x1, cy: y, r: 5.5, class: 'lent-mark' }),
      node('text', { x: x1, y: above ? y - 12 : y + 20, class: 'hash' }, station.given),
    );
  }

  mark(marks, x, y, station, proven, first) {
    if (station.end) {
      marks.append(node('circle', { cx: x, cy: y, r: 13, class: proven ? 'end' : 'end bad' }));
      marks.append(node('path', { d: proven ? `m${x - 5} ${y}l3.5 3.5 6.5-7` : `M${x - 4} ${y - 4}l8 8m0-8l-8 8`, class: 'tick' }));
    } else {
      marks.append(node('circle', { cx: x, cy: y, r: first ? 8 : 6, class: 'made' }));
    }
    const room = station.end ? 8 : 0;
    const below = y >= MIDDLE ? 26 + room : -28 - room;
    if (station.title) marks.append(node('text', { x, y: y + below, class: 'name' }, station.title));
    marks.append(node('text', { x, y: y + below + (station.title ? 15 : 0), class: 'hash' }, station.hash));
  }
}

customElements.define('va-proof', ProofPath);
