package io.velvetastro.language;

import java.security.Principal;
import java.util.Collection;
import java.util.Set;

/** Says who of those that came in once and only listen since may still hear: an open stream makes no request at which anybody would ask. */
public interface Attendance {
    /** Those whose session or key stands, with the role and the rights they came in with. */
    Set<Principal> unchangedAmong(Collection<? extends Principal> listening);
}
