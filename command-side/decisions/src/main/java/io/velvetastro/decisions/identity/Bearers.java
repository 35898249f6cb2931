package io.velvetastro.decisions.identity;

import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Who carries the token: a program with its key, or a member with what signing in has given them. */
class Bearers implements AuthenticationManager {
    private final ApiKeys keys;
    private final AuthenticationManager members;

    Bearers(ApiKeys keys, AuthenticationManager members) {
        this.keys = keys;
        this.members = members;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        if (!(asked instanceof BearerTokenAuthenticationToken bearer) || !ApiKeys.looksLikeOne(bearer.getToken()))
            return members.authenticate(asked);
        try {
            return keys.standing(bearer.getToken())
                    .orElseThrow(() -> new InvalidBearerTokenException("This key opens nothing"));
        } catch (DataAccessException unreachable) {
            throw new AuthenticationServiceException("Keys cannot be read", unreachable);
        }
    }
}
