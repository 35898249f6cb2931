// What every page shares: keyboard, connection state and reading density.

const OFF = 'velvet.single-keys-off';
const SEQUENCE_MS = 1200;
const ASK_MS = 3000;
const ON_THE_WAY_MS = 3000;
const LEAVING_MS = 5000;
const USE = ['pointerdown', 'keydown', 'wheel']; // Not the pointer's moves: a page that changes beneath a pointer that lies still makes some.
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

// Whoever is on their way elsewhere is not sent to the door as well; a download only looks like leaving.
window.addEventListener('beforeunload', () => {
  window.velvetLeaves = true;
  setTimeout(() => { window.velvetLeaves = false; }, LEAVING_MS);
});

const typing = (target) => target instanceof Element
  && (target.isContentEditable || target.closest('input, textarea, select, [contenteditable], vaadin-combo-box, vaadin-text-field, vaadin-text-area, [role="listbox"], [role="menu"]'));
const overlaid = () => document.querySelector('vaadin-dialog[opened], vaadin-confirm-dialog[opened], vaadin-dialog-overlay[opened]');
const visible = (element) => element.offsetParent !== null;

/** Lets the arrows of a grid that has no keys of its own be `j` and `k` too. */
function walk(step) {
  const grid = [...document.querySelectorAll('vaadin-grid[data-walk]')].find(visible);
  if (!grid) return false;
  const cell = grid.shadowRoot.activeElement;
  if (cell) cell.dispatchEvent(new KeyboardEvent('keydown', { key: step > 0 ? 'ArrowDown' : 'ArrowUp', bubbles: true, composed: true, cancelable: true }));
  else (grid._itemsFocusable ?? grid).focus();
  return true;
}

/** Moves focus among the rows of the first list on the page; a list marks itself with `data-rows`, its rows with `data-row`. */
function moveRow(step) {
  const rows = [...document.querySelectorAll('[data-rows] [data-row]')].filter(visible);
  if (!rows.length) return walk(step);
  const here = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))] ?? rows[0];
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

/**
 * The keyboard of the house. Single keys can be switched off (WCAG 2.1.4) and none of them acts without a confirmation
 * that names its target; keys a place handles itself arrive there as `velvet-key`.
 */
class Keys extends HTMLElement {
  #first = '';
  #firstAt = 0;
  #ahead = null;
  #press = (event) => this.pressed(event);

  connectedCallback() {
    document.addEventListener('keydown', this.#press);
    this.toggleAttribute('off', localStorage.getItem(OFF) === 'yes');
  }
  disconnectedCallback() { document.removeEventListener('keydown', this.#press); }

  /** Called by the keyboard dialog. */
  allowSingleKeys(allowed) {
    localStorage.setItem(OFF, allowed ? 'no' : 'yes');
    this.toggleAttribute('off', !allowed);
  }
  singleKeysAllowed() { return !this.hasAttribute('off'); }

  /** Follows a link. What is pressed before the place is there is meant for it, and waits. */
  go(link) {
    const content = document.getElementById('content');
    if (content && link.pathname !== location.pathname) this.hold(content, content.firstElementChild);
    link.click();
  }

  hold(content, left) {
    this.#ahead ??= [];
    const there = () => {
      arrival.disconnect();
      clearTimeout(late);
      const keys = this.#ahead ?? [];
      this.#ahead = null;
      keys.forEach((key) => this.again(key));
    };
    const arrival = new MutationObserver(() => {
      if (content.firstElementChild && content.firstElementChild !== left) requestAnimationFrame(there);
    });
    arrival.observe(content, { childList: true });
    const late = setTimeout(there, ON_THE_WAY_MS);
  }

  again(key) {
    const at = document.activeElement ?? document.body;
    if (!at.matches('[data-query]')) at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    else if (key === 'Enter') at.dispatchEvent(new Event('change', { bubbles: true }));
    else if (key === 'Escape') at.blur();
    else document.execCommand('insertText', false, key); // Counts as typed, so that a later Enter is a change.
  }

  tell(key) { this.dispatchEvent(new CustomEvent('velvet-key', { detail: { key } })); }

  pressed(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k') { event.preventDefault(); this.tell('jump'); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Escape' && event.target instanceof Element && event.target.matches('[data-query]')) { event.target.blur(); return; }
    if (typing(event.target) || overlaid()) return;
    if (this.#ahead && (key.length === 1 || key === 'Enter' || key === 'Escape')) { event.preventDefault(); this.#ahead.push(key); return; }
    if (key === 'Escape') { this.tell('Escape'); return; }
    if (this.hasAttribute('off')) return;
    if (this.#first === 'g' && Date.now() - this.#firstAt < SEQUENCE_MS) {
      this.#first = '';
      const link = document.querySelector(`[data-go="${CSS.escape(key.toLowerCase())}"]`);
      if (link) { event.preventDefault(); this.go(link); }
      return;
    }
    this.#first = key.toLowerCase();
    this.#firstAt = Date.now();
    if (key === 'g') return;
    if (key === '/') {
      const field = document.querySelector('[data-query]');
      if (field) { event.preventDefault(); field.focus(); }
      return;
    }
    if ((key === 'j' && moveRow(1)) || (key === 'k' && moveRow(-1))) { event.preventDefault(); return; }
    if (['j', 'k', '?', '.', 'b', 'l', 'n', 'x', '[', ']', '1', '2', '3', '4', '5', '6', '7'].includes(key)) this.tell(key);
  }
}

/** Says when the line to the server is lost; what is on the page stays, marked with its age. */
class Line extends HTMLElement {
  #asking = 0;
  #answers = 0;
  #heard = (_, state) => this.show(state);

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.watch();
  }
  disconnectedCallback() {
    clearInterval(this.#asking);
    window.Vaadin?.connectionState?.removeStateChangeListener(this.#heard);
  }

  watch() {
    const state = window.Vaadin?.connectionState;
    if (!state) { setTimeout(() => this.isConnected && this.watch(), 500); return; }
    state.addStateChangeListener(this.#heard);
    this.show(state.state);
  }

  /** Flow says it is connected again only after the reader's next press; a screen on a wall is pressed by nobody. */
  async ask() {
    const answer = await fetch('velvet/favicon.svg', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
    this.#answers = answer?.ok ? this.#answers + 1 : 0;
    if (this.#answers === 2) window.Vaadin.connectionState.state = 'connected';
  }

  show(state) {
    const lost = state === 'connection-lost' || state === 'reconnecting';
    if (lost === document.documentElement.hasAttribute('data-offline')) return;
    document.documentElement.toggleAttribute('data-offline', lost);
    this.replaceChildren();
    clearInterval(this.#asking);
    if (!lost) return;
    this.#answers = 0;
    this.#asking = setInterval(() => this.ask(), ASK_MS);
    const since = document.createElement('b');
    since.textContent = `Connection lost at ${clock.format(new Date())}.`;
    this.append(since, ' Trying again. What you see is from before.');
  }
}

/** Tells the house now and then that somebody is at this page: what a page asks for by itself keeps nobody signed in. */
class Here extends HTMLElement {
  #told = Date.now(); // Somebody has just opened it.
  #use = (event) => this.used(event);

  connectedCallback() { USE.forEach((kind) => window.addEventListener(kind, this.#use, { capture: true, passive: true })); }
  disconnectedCallback() { USE.forEach((kind) => window.removeEventListener(kind, this.#use, { capture: true })); }

  used(event) {
    if (!event.isTrusted || Date.now() - this.#told < Number(this.getAttribute('every'))) return;
    this.#told = Date.now();
    this.$server.somebody();
  }
}

customElements.define('va-keys', Keys);
customElements.define('va-here', Here);
customElements.define('va-line', Line);
