package io.velvetastro.decisions.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Remembers which tokens' signatures held, by every character of the token: a program sends the same one thousands of times. Whether its time is up is asked each time. */
final class SeenTokens implements JwtDecoder {
    private static final int REMEMBERED = 10_000;

    private final JwtDecoder decoder;
    private final JwtTimestampValidator times;
    private final Cache<String, Jwt> seen = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Tokens.ACCESS)
            .build();

    SeenTokens(JwtDecoder decoder, JwtTimestampValidator times) {
        this.decoder = decoder;
        this.times = times;
    }

    @Override
    public Jwt decode(String token) {
        var known = seen.getIfPresent(token);
        if (known == null) {
            if (!isWrittenOneWay(token)) throw new BadJwtException("The token is not written as we write them");
            known = decoder.decode(token);
            seen.put(token, known);
            return known;
        }
        var now = times.validate(known);
        if (now.hasErrors()) throw new JwtValidationException("The token has expired", now.getErrors());
        return known;
    }

    /** Decoders forgive stray characters and bits; a token with several spellings could be told apart from itself by whatever counts or forbids tokens. */
    private static boolean isWrittenOneWay(String token) {
        var parts = token.split("\\.", -1);
        return parts.length == 3 && Arrays.stream(parts).allMatch(SeenTokens::isCanonical);
    }

    private static boolean isCanonical(String part) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Base64.getUrlDecoder().decode(part))
                    .equals(part);
        } catch (IllegalArgumentException stray) {
            return false;
        }
    }
}
