// Forms at the door go straight to the house: what is typed never passes the screens' own channel. What stands behind the # of a link
// is sent to nobody until its form is.
document.addEventListener('submit', async event => {
    const form = event.target;
    const { call, then, gone } = form.dataset;
    if (!call) return;
    event.preventDefault();
    const alert = form.querySelector('[role=alert]');
    const say = words => { alert.textContent = words; alert.hidden = !words; };
    const body = Object.fromEntries(new FormData(form));
    if (gone) {
        body.token = location.hash.slice(1);
        if (!body.token) { say('This link is not whole. Copy all of it from the letter.'); return; }
    }
    const go = form.querySelector('[type=submit]');
    go.disabled = true;
    say('');
    try {
        const answer = await fetch(call, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
        });
        if (answer.ok && then) { location.replace(then); return; }
        if (answer.ok) { form.classList.add('is-sent'); form.querySelector('.sent').hidden = false; return; }
        if (answer.status === 404 && gone) { say(gone); return; }
        if (answer.status === 429) { say('Too many tries. Wait a few minutes, then try again.'); return; }
        const problem = await answer.json();
        say(problem.errors
            ? problem.errors.map(error => 'The ' + error.field + ' ' + error.detail + '.').join(' ')
            : problem.detail);
    } catch {
        say('The house did not answer. Try again.');
    } finally {
        go.disabled = false;
    }
});
