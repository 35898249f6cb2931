import { say, sends } from './page.js';

// The invitation stands behind the # of the link, which browsers send to nobody.
const invitation = location.hash.slice(1);
if (!invitation) say('This link has no invitation in it. Ask whoever sent it for the whole link.');
sends('api/v1/auth/register', { invitation }, {
  404: 'This invitation was used, withdrawn, or is older than seven days. Ask for a new one.',
});
