const form = document.querySelector('form');
const said = document.querySelector('[role=alert]');
form.addEventListener('submit', async event => {
    event.preventDefault();
    said.textContent = '';
    const answer = await fetch('setup', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    if (answer.status === 201) { location.href = 'login'; return; }
    const problem = await answer.json().catch(() => ({ detail: 'The house did not answer. Try again.' }));
    said.textContent = problem.errors
        ? problem.errors.map(error => 'The ' + error.field + ' ' + error.detail + '.').join(' ')
        : problem.detail;
});
