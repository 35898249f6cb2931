// What every page shares: keyboard, connection state and reading density.

const OFF = 'velvet.single-keys-off';
const SEQUENCE_MS = 1200;
const ASK_MS = 3000;
const ON_THE_WAY_MS = 10000;
const LOOK_AGAIN_MS = 15;
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
/** Whether the house has not answered yet what this page told it last. */
const asking = () => Object.values(window.Vaadin?.Flow?.clients ?? {}).some((client) => client.isActive?.());
/** Whether a list still shows nothing, or what was looked for before. */
const filling = () => [...document.querySelectorAll('#content [aria-busy="true"], #content vaadin-grid[loading]')].some(visible);
/** What has the focus, inside of what has it for the page. */
const focused = () => {
  let at = document.activeElement ?? document.body;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
};
const WITHOUT_ROWS = ['g', '/', '?'];
const OF_THE_HOUSE = /^([gjkblnx?./[\]1-7]|Enter|Escape)$/i;

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
  #ahead = null; // Keys that wait for what earlier ones have begun.
  #until = 0;
  #left = null;
  #shut = null; // A question that Escape was pressed in; the house closes it.
  #press = (event) => this.pressed(event);
  #hold = (event) => this.held(event);

  connectedCallback() {
    document.addEventListener('keydown', this.#hold, { capture: true });
    document.addEventListener('keydown', this.#press);
    this.toggleAttribute('off', localStorage.getItem(OFF) === 'yes');
  }
  disconnectedCallback() {
    document.removeEventListener('keydown', this.#hold, { capture: true });
    document.removeEventListener('keydown', this.#press);
  }

  /** Called by the keyboard dialog. */
  allowSingleKeys(allowed) {
    localStorage.setItem(OFF, allowed ? 'no' : 'yes');
    this.toggleAttribute('off', !allowed);
  }
  singleKeysAllowed() { return !this.hasAttribute('off'); }

  /** Follows a link. What is pressed before the place is there is meant for it, and waits. */
  go(link) {
    if (link.pathname !== location.pathname) this.#left = document.getElementById('content')?.firstElementChild ?? null;
    link.click();
  }

  /** Whether a key can do now what it is meant to do: the place is there, earlier keys are answered, and so are its rows. */
  ready(key) {
    if (document.documentElement.hasAttribute('data-offline')) return true;
    if (this.#first === 'g' && this.inSequence()) return true;
    if (this.#shut && this.#shut === overlaid()) return !asking();
    if (this.#left?.isConnected) return false;
    if (typing(focused())) return true;
    return !asking() && (WITHOUT_ROWS.includes(key) || !filling());
  }

  /** Keys are taken in the order in which they were pressed, each when what came before it is done. */
  wait(key) {
    this.#ahead ??= [];
    this.#ahead.push(key);
    if (this.#ahead.length > 1) return;
    this.#until = Date.now() + ON_THE_WAY_MS;
    setTimeout(() => this.goOn(), LOOK_AGAIN_MS);
  }

  goOn() {
    while (this.#ahead?.length) {
      if (!this.ready(this.#ahead[0]) && Date.now() < this.#until) { setTimeout(() => this.goOn(), LOOK_AGAIN_MS); return; }
      this.#left = null;
      this.again(this.#ahead[0]);
      this.#ahead.shift();
      this.#until = Date.now() + ON_THE_WAY_MS;
    }
    this.#ahead = null;
  }

  again(key) {
    const at = focused();
    if (at.matches('[data-query]') && key === 'Enter') at.dispatchEvent(new Event('change', { bubbles: true }));
    else if (at.matches('[data-query]') && key === 'Escape') at.blur();
    else if (at.matches('input, textarea') && key.length === 1) document.execCommand('insertText', false, key); // Counts as typed, so that a later Enter is a change.
    else if (at.matches('a, button') && key === 'Enter') at.click();
    else at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  }

  /** Before anything else hears of a key: whether it has to wait. */
  held(event) {
    if (!event.isTrusted || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const question = overlaid();
    if (question && event.key === 'Escape' && !this.#ahead) { this.#shut = question; return; }
    if ((question ? question !== this.#shut : typing(event.target)) || !this.isLate(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.wait(event.key);
  }

  /** A key that a link or a button takes is for what is seen, and needs nothing else. */
  isLate({ key, target }) {
    if (this.#ahead) return key.length === 1 || key === 'Enter' || key === 'Escape';
    if (!OF_THE_HOUSE.test(key) || this.hasAttribute('off') && key.length === 1 || this.ready(key)) return false;
    return key !== 'Enter' || target.matches('vaadin-grid');
  }

  inSequence() { return Date.now() - this.#firstAt < SEQUENCE_MS; }

  tell(key) { this.dispatchEvent(new CustomEvent('velvet-key', { detail: { key } })); }

  pressed(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k') { event.preventDefault(); this.tell('jump'); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Escape' && event.target instanceof Element && event.target.matches('[data-query]')) { event.target.blur(); return; }
    if (typing(event.target) || overlaid()) return;
    if (key === 'Escape') { this.tell('Escape'); return; }
    if (this.hasAttribute('off')) return;
    if (this.#first === 'g' && this.inSequence()) {
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
