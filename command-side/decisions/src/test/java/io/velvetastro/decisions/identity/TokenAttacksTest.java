package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.velvetastro.language.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way of making a token that is not ours, tried against a session that really stands. */
class TokenAttacksTest extends Door {
    private SignedJWT real;

    @BeforeEach
    void someoneIsSignedIn() throws ParseException {
        real = SignedJWT.parse(token(member(organization("Acme"), Role.ORG_ADMIN)));
    }

    @Test
    void theRealOneOpensTheDoor() throws JOSEException {
        opens(real.serialize());
        opens(signed(
                header().build(),
                claims().build(),
                new RSASSASigner(keys.signing()))); // So that the forgeries below fail for their one flaw.
    }

    @Test
    void anUnsignedTokenDoesNot() {
        refuses(new PlainJWT(claims().build()).serialize());
        var parts = real.serialize().split("\\.");
        refuses(base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".");
        refuses(base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretDoesNot() throws JOSEException {
        var publicKey = keys.published();
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(Tokens.TYPE)
                .keyID(publicKey.getKeyID())
                .build();
        refuses(signed(
                header,
                claims().build(),
                new MACSigner(publicKey.toRSAPublicKey().getEncoded())));
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(publicKey.toRSAPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        refuses(signed(header, claims().build(), new MACSigner(pem)));
    }

    @Test
    void anotherKeyUnderOurNameDoesNot() throws JOSEException {
        refuses(signed(header().build(), claims().build(), new RSASSASigner(strange())));
    }

    @Test
    void aKeyThatTheTokenBringsAlongDoesNot() throws JOSEException {
        var strange = strange();
        var signer = new RSASSASigner(strange);
        refuses(signed(header().jwk(strange.toPublicJWK()).build(), claims().build(), signer));
        refuses(signed(
                header().keyID(strange.getKeyID()).jwk(strange.toPublicJWK()).build(), claims().build(), signer));
        refuses(signed(
                header().jwkURL(URI.create("http://localhost:" + port + "/keys.json"))
                        .build(),
                claims().build(),
                signer));
    }

    @Test
    void aKeyNameThatIsAPathOrAQueryDoesNot() throws JOSEException {
        var signer = new RSASSASigner(strange());
        for (var name : new String[] {"../../../../dev/null", "' or '1'='1", "", "unknown"}) {
            refuses(signed(header().keyID(name).build(), claims().build(), signer));
        }
    }

    @Test
    void anotherAlgorithmWithOurKeyDoesNot() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS512)
                .type(Tokens.TYPE)
                .keyID(keys.published().getKeyID())
                .build();
        refuses(signed(header, claims().build(), new RSASSASigner(keys.signing())));
    }

    @Test
    void aTokenForSomethingElseDoesNot() throws JOSEException {
        refuses(ours(header(), claims().audience("another-api")));
        refuses(ours(header(), claims().audience((String) null)));
        refuses(ours(header(), claims().issuer("somebody-else")));
        refuses(ours(header().type(JOSEObjectType.JWT), claims()));
        refuses(ours(header().type(null), claims()));
    }

    @Test
    void aTokenOutOfItsTimeDoesNot() throws JOSEException {
        var now = clock.instant();
        refuses(ours(header(), claims().expirationTime(Date.from(now.minusSeconds(2)))));
        refuses(ours(header(), claims().expirationTime(null)));
        refuses(ours(header(), claims().notBeforeTime(Date.from(now.plusSeconds(60)))));
        clock.turnOn(Tokens.ACCESS.plusSeconds(1));
        refuses(real.serialize());
    }

    @Test
    void aTokenWithoutASessionOrWithSomebodyElsesDoesNot() throws JOSEException {
        refuses(ours(header(), claims().claim(Tokens.SESSION, null)));
        refuses(ours(header(), claims().claim(Tokens.SESSION, "1' or '1'='1")));
        refuses(ours(header(), claims().claim(Tokens.SESSION, UUID.randomUUID().toString())));
        refuses(ours(header(), claims().subject(UUID.randomUUID().toString())));
    }

    @Test
    void aChangedTokenDoesNot() {
        var parts = real.serialize().split("\\.");
        var changed = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("velvet-astro-api", "velvet-astro-apj");
        refuses(parts[0] + "." + base64(changed) + "." + parts[2]);
        refuses(parts[0] + "." + parts[1] + "." + parts[2].substring(2));
        refuses(parts[0] + "." + parts[1] + ".");
        refuses("not.a.token");
    }

    @Test
    void aTokenHasOneSpelling() {
        var token = real.serialize();
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (char more : new char[] {'A', 'Q', '_', '=', '*'}) refuses(token + more);
        refuses(token + "==");
        refuses(token.replaceFirst("\\.", "=."));
        var signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(signature.length() % 4).as("3072 bits fill their letters").isZero();
        var payload = token.split("\\.")[1];
        if (payload.length() % 4 != 0) { // Its last letter has bits that mean nothing.
            char last = payload.charAt(payload.length() - 1);
            var other = letters.charAt(letters.indexOf(last) ^ 1);
            refuses(token.replace(payload, payload.substring(0, payload.length() - 1) + other));
        }
        opens(token);
    }

    @Test
    void aTokenIsNoneAfterItsSessionEndedAndHasTheNewRoleAfterAChange() {
        var token = real.serialize();
        var member = new io.velvetastro.language.MemberId(UUID.fromString(claim("sub")));
        var organization = sessions.standing(UUID.fromString(claim(Tokens.SESSION)))
                .orElseThrow()
                .getPrincipal()
                .tenant();
        people.give(member, organization, Role.EMPLOYEE);
        assertThat(get("/api/v1/auth/me", bearer(token)).json().get("role").asString())
                .isEqualTo("employee");
        assertThat(get("/api/v1/orgs/" + organization + "/members", bearer(token))
                        .status())
                .isEqualTo(403);
        assertThat(post("/api/v1/auth/logout", "", bearer(token)).status()).isEqualTo(204);
        refuses(token);
    }

    @Test
    void aTokenInTheAddressIsNotLookedAt() {
        assertThat(get("/api/v1/auth/me?access_token=" + real.serialize()).status())
                .isEqualTo(401);
    }

    @Test
    void aSessionThatLastedItsTimeIsOver() {
        var session = UUID.fromString(claim(Tokens.SESSION));
        clock.turnOn(Sessions.API.minus(Duration.ofMinutes(5)));
        usedNow(session);
        assertThat(sessions.standing(session)).isPresent();
        clock.turnOn(Duration.ofMinutes(6));
        assertThat(sessions.standing(session)).as("used a moment ago").isEmpty();
    }

    @Test
    void thePublishedKeyChecksOurTokensAndHidesItsOtherHalf() throws Exception {
        var published = get("/.well-known/jwks.json");
        assertThat(published.status()).isEqualTo(200);
        assertThat(published.body()).doesNotContain("\"d\"", "\"p\"", "\"q\"", "\"dp\"");
        var key = com.nimbusds.jose.jwk.JWKSet.parse(published.body())
                .getKeyByKeyId(real.getHeader().getKeyID())
                .toRSAKey();
        assertThat(real.verify(new com.nimbusds.jose.crypto.RSASSAVerifier(key)))
                .isTrue();
    }

    private void opens(String token) {
        assertThat(get("/api/v1/auth/me", bearer(token)).status()).isEqualTo(200);
    }

    private void refuses(String token) {
        var answer = get("/api/v1/auth/me", bearer(token));
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.json().get("detail").asString()).isEqualTo("A valid access token is needed.");
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(Tokens.TYPE)
                .keyID(keys.published().getKeyID());
    }

    private JWTClaimsSet.Builder claims() {
        var now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer("velvet-astro")
                .audience(Tokens.AUDIENCE)
                .subject(claim("sub"))
                .claim(Tokens.SESSION, claim(Tokens.SESSION))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private String claim(String name) {
        try {
            return real.getJWTClaimsSet().getStringClaim(name);
        } catch (ParseException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private String ours(JWSHeader.Builder header, JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(header.build(), claims.build(), new RSASSASigner(keys.signing()));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static RSAKey strange() throws JOSEException {
        return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
