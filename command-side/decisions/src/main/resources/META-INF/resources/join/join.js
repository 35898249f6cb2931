import { say, sends } from './page.js';

// The invitation stands behind the # of the link, which browsers send to nobody.
const invitation = location.hash.slice(1);
if (!invitation) {
  say('This link has no invitation in it. Ask whoever sent it for the whole link.');
  document.querySelectorAll('main > p, form label, form input, form button').forEach((part) => { part.hidden = true; });
}
sends('api/v1/auth/register', { invitation }, {
  404: 'This invitation was used, withdrawn, or is older than seven days. Ask for a new one.',
});

// Whoever has an account here takes the invitation up with it: in by the programs' door, and out again at once.
const [fresh, own] = document.forms;
const other = document.getElementById('other');
const second = document.getElementById('second');
const said = own.querySelector('[role=alert]');

other.addEventListener('click', () => {
  const mine = own.hidden;
  own.hidden = !mine;
  fresh.hidden = mine;
  other.textContent = mine ? 'Make a new account' : 'Use the account I have';
  (mine ? own : fresh).querySelector('input').focus();
});

const call = (path, body, token) => fetch('api/v1/auth/' + path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...(token && { Authorization: 'Bearer ' + token }) },
  body: JSON.stringify(body),
});

own.addEventListener('submit', async (event) => {
  event.preventDefault();
  said.textContent = '';
  const go = own.querySelector('button');
  go.disabled = true;
  try {
    const { email, password, code } = Object.fromEntries(new FormData(own));
    const entered = await call('login', { email, password, ...(code && { code }) });
    if (!entered.ok) { said.textContent = refusal(await entered.json()); return; }
    const { accessToken } = await entered.json();
    const taken = await call('invitations', { invitation }, accessToken);
    await call('logout', {}, accessToken);
    if (taken.status === 201) { location.replace('login?joined'); return; }
    said.textContent = taken.status === 404
      ? 'This invitation was used, withdrawn, is older than seven days, or is made out to another address.'
      : (await taken.json()).detail;
  } catch {
    said.textContent = 'The house did not answer. Nothing has changed; try again.';
  } finally {
    go.disabled = false;
  }
});

function refusal(problem) {
  if (!problem.type.endsWith('/mfa-required')) return problem.detail;
  second.hidden = false;
  second.querySelector('input').required = true;
  second.querySelector('input').focus();
  return 'Your password is right. Type a code too.';
}
