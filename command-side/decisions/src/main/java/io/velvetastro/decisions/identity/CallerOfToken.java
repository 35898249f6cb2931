package io.velvetastro.decisions.identity;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Turns a token whose signature holds into the member it stands for, if its session still stands. */
class CallerOfToken implements Converter<Jwt, AbstractAuthenticationToken> {
    private final Sessions sessions;

    CallerOfToken(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        try {
            return sessionOf(token)
                    .flatMap(sessions::standing)
                    .filter(who -> who.getPrincipal().member().toString().equals(token.getSubject()))
                    .orElseThrow(() -> new InvalidBearerTokenException("This session has ended"));
        } catch (DataAccessException unreachable) {
            throw new AuthenticationServiceException("Sessions cannot be read", unreachable);
        }
    }

    private static Optional<UUID> sessionOf(Jwt token) {
        @Nullable String text = token.getClaimAsString(Tokens.SESSION);
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
