const form = document.querySelector('form');
const said = document.querySelector('[role=alert]');

/** What the page says to whoever reads it. */
export function say(words) { said.textContent = words; }

/** Sends the form to `to`, with `more` beside its fields; on success the sign-in is next. `refusals` has words for some statuses. */
export function sends(to, more = {}, refusals = {}) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say('');
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      const answer = await fetch(to, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...more, ...Object.fromEntries(new FormData(form)) }),
      });
      if (answer.status === 201) { location.replace('login'); return; }
      if (refusals[answer.status]) { say(refusals[answer.status]); return; }
      const problem = await answer.json();
      say(problem.errors ? problem.errors.map((error) => `The ${error.field} ${error.detail}.`).join(' ') : problem.detail);
    } catch {
      say('The house did not answer. Nothing has changed; try again.');
    } finally {
      button.disabled = false;
    }
  });
}
