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
        if (answer.status === 200) {
            const { resetToken } = await answer.json();
            if (resetToken) { location.replace('reset#' + resetToken); return; }
        }
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

// A passkey: the browser asks its owner, and what it answers goes with the form, in place of a password.
document.addEventListener('click', async event => {
    const button = event.target.closest?.('[data-passkey]');
    if (!button) return;
    const form = button.closest('form');
    button.disabled = true;
    try {
        const options = await (await fetch(button.dataset.passkey, { method: 'POST' })).json();
        const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'passkey', value: JSON.stringify(credential.toJSON()) });
        form.append(field);
        form.submit();
    } catch {
        button.lastElementChild.textContent = 'No passkey was used. Try again';
    } finally {
        button.disabled = false;
    }
});
