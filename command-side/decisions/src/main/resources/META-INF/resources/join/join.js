// The invitation stands behind the # of the link, which browsers send to nobody.
const form = document.querySelector('form');
const said = document.querySelector('[role=alert]');
const invitation = location.hash.slice(1);
if (!invitation) said.textContent = 'This link has no invitation in it. Ask whoever sent it for the whole link.';
form.addEventListener('submit', async event => {
    event.preventDefault();
    said.textContent = '';
    const answer = await fetch('api/v1/auth/register', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ invitation, ...Object.fromEntries(new FormData(form)) }),
    });
    if (answer.status === 201) { location.replace('login'); return; }
    if (answer.status === 404) { said.textContent = 'This invitation was used, withdrawn, or is older than seven days. Ask for a new one.'; return; }
    const problem = await answer.json().catch(() => ({ detail: 'The house did not answer. Try again.' }));
    said.textContent = problem.errors
        ? problem.errors.map(error => 'The ' + error.field + ' ' + error.detail + '.').join(' ')
        : problem.detail;
});
