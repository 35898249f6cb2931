package io.velvetastro.decisions.identity;

import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Someone who came in, by either door, and the session they came in with. */
public final class SignedIn extends AbstractAuthenticationToken {
    private final Caller caller;
    private final UUID session;

    private final boolean secondFactor;

    SignedIn(Caller caller, UUID session, boolean secondFactor) {
        super(authoritiesOf(caller));
        this.caller = caller;
        this.session = session;
        this.secondFactor = secondFactor;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    UUID session() {
        return session;
    }

    /** Whether they gave more than a password. */
    boolean withSecondFactor() {
        return secondFactor;
    }

    /** Whatever they and their organisation were called then. */
    boolean isOfTheSameSession(SignedIn other) {
        return session.equals(other.session);
    }

    private static Collection<GrantedAuthority> authoritiesOf(Caller caller) {
        return Stream.concat(
                        Stream.of("ROLE_" + caller.role()),
                        caller.authorities().stream().map(Authority::text))
                .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that && session.equals(that.session) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return session.hashCode();
    }
}
