package io.velvetastro.decisions.identity;

import com.nimbusds.jose.jwk.JWKSet;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public half of the house's key, by which anybody can check a token (RFC 7517). */
@RestController
@Hidden
class PublishedKeys {
    private final HouseKeys keys;

    PublishedKeys(HouseKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/.well-known/jwks.json")
    @PreAuthorize("permitAll()")
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                .body(new JWKSet(keys.published()).toJSONObject(true));
    }
}
