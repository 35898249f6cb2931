// Times in the reader's own zone, with UTC on hover. One ticker moves every relative time on the page.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

function sameDay(a, b) {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}

function dated(at, now, precise) {
  const time = (precise ? clock : minute).format(at);
  if (sameDay(at, now)) return time;
  return `${(at.getFullYear() === now.getFullYear() ? day : dayOfYear).format(at)} ${time}`;
}

/** "3 h 45 m", "28 m 33 s", "12 s": two units at most, thin spaces between a number and its unit. */
export function spell(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [[Math.floor(seconds / 86400), 'd'], [Math.floor(seconds / 3600) % 24, 'h'], [Math.floor(seconds / 60) % 60, 'm'], [seconds % 60, 's']];
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return '0\u202fs';
  return units.slice(first, first + 2).filter(([count]) => count > 0).map(([count, unit]) => `${count}\u202f${unit}`).join(' ');
}

const utc = (at) => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
const moving = new Set();
setInterval(() => { if (!document.hidden) for (const time of moving) time.draw(); }, 1000);

/**
 * A moment. `form` is `clock` (default), `minute`, `ago`, `left` or `now`; `recorded` adds when it was stored to the tooltip.
 */
class Moment extends HTMLElement {
  static observedAttributes = ['at', 'form', 'recorded'];
  connectedCallback() { this.draw(); }
  disconnectedCallback() { moving.delete(this); }
  attributeChangedCallback() { if (this.isConnected) this.draw(); }
  draw() {
    const form = this.getAttribute('form') ?? 'clock';
    const now = new Date();
    const at = form === 'now' ? now : new Date(this.getAttribute('at') ?? NaN);
    if (['ago', 'left', 'now'].includes(form)) moving.add(this);
    else moving.delete(this);
    if (Number.isNaN(at.getTime())) { this.replaceChildren(); return; }
    let time = this.firstElementChild;
    if (!time) { time = document.createElement('time'); this.replaceChildren(time); }
    const words = {
      clock: () => dated(at, now, true),
      minute: () => dated(at, now, false),
      now: () => clock.format(at),
      ago: () => (now - at < 1000 ? 'now' : `${spell(now - at).split(' ')[0]} ago`),
      left: () => (at > now ? spell(at - now) : 'ended'),
    }[form]?.() ?? '';
    if (time.textContent !== words) time.textContent = words;
    if (form === 'now') return;
    time.dateTime = at.toISOString();
    const recorded = new Date(this.getAttribute('recorded') ?? NaN);
    const late = Number.isNaN(recorded.getTime()) ? '' : `\nrecorded ${utc(recorded)}, ${spell(Math.abs(recorded - at))} ${recorded < at ? 'before' : 'later'}`;
    time.title = `${utc(at)}${late}`;
  }
}

customElements.define('va-time', Moment);
