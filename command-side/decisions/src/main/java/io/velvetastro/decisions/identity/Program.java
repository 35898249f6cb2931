package io.velvetastro.decisions.identity;

import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A program that came in with a key, and what that key lets it do. */
final class Program extends AbstractAuthenticationToken {
    private final Caller caller;
    private final UUID key;
    private final Set<Authority> may;

    Program(Caller caller, UUID key, Set<Authority> may) {
        super(AuthorityUtils.createAuthorityList(
                may.stream().map(Authority::text).sorted().toList()));
        this.caller = caller;
        this.key = key;
        this.may = may;
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

    UUID key() {
        return key;
    }

    Set<Authority> may() {
        return may;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Program that && key.equals(that.key) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
