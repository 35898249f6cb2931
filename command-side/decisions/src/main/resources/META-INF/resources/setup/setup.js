// One step at a time; nothing is sent but the token, to be looked at, until the last one.
const form = document.querySelector('form');
const done = document.querySelector('section');
const steps = [...form.querySelectorAll('fieldset')];
const marks = [...document.querySelectorAll('ol li')];
const go = document.getElementById('go');
const back = document.getElementById('back');
const said = document.querySelector('[role=alert]');
let at = 0;

function show(step) {
  at = step;
  steps.forEach((each, number) => { each.hidden = number !== at; });
  marks.forEach((mark, number) => {
    mark.toggleAttribute('data-done', number < at);
    if (number === at) mark.setAttribute('aria-current', 'step'); else mark.removeAttribute('aria-current');
  });
  back.parentElement.hidden = at === 0;
  go.textContent = at === steps.length - 1 ? 'Make this house mine' : 'Go on';
  said.textContent = '';
  steps[at]?.querySelector('input').focus();
}

const send = (path, body) => fetch(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** Where the refused field stands, there its refusal is read. */
async function refused(answer) {
  if (answer.status === 404) return 'This house is set up already. Sign in.';
  const problem = await answer.json();
  const wrong = problem.errors?.[0];
  const there = wrong ? steps.findIndex((step) => step.querySelector(`[name=${wrong.field}]`)) : -1;
  if (there >= 0) show(there);
  return problem.errors ? problem.errors.map((error) => `The ${error.field} ${error.detail}.`).join(' ') : problem.detail;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  said.textContent = '';
  if (![...steps[at].querySelectorAll('input')].every((input) => input.reportValidity())) return;
  const fields = Object.fromEntries(new FormData(form));
  const check = steps[at].dataset.check;
  go.disabled = true;
  try {
    if (check) {
      const answer = await send(check, { token: fields.token });
      if (!answer.ok) { said.textContent = await refused(answer); return; }
    }
    if (at < steps.length - 1) { show(at + 1); return; }
    const answer = await send('setup', fields);
    if (!answer.ok) { said.textContent = await refused(answer); return; }
    finish(await answer.json());
  } catch {
    said.textContent = 'The house did not answer. Nothing has changed; try again.';
  } finally {
    go.disabled = false;
  }
});

back.addEventListener('click', () => show(at - 1));

function finish({ letters, address }) {
  show(steps.length);
  document.getElementById('address').textContent = address;
  done.querySelector(letters ? '[data-if=no-letters]' : '[data-if=letters]').remove();
  form.hidden = true;
  form.reset();
  done.hidden = false;
  done.focus();
}
