package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpServer;
import io.velvetastro.language.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V1TBSCertificateGenerator;
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
                + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(publicKey.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
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
        var chain = List.of(Base64.encode(certificate(strange)));
        refuses(signed(header().x509CertChain(chain).build(), claims().build(), signer));
        refuses(signed(header().keyID(strange.getKeyID()).x509CertChain(chain).build(), claims().build(), signer));
    }

    @Test
    void aPlaceWhereTheTokenSaysItsKeyLiesIsNotAsked() throws Exception {
        var strange = strange();
        var signer = new RSASSASigner(strange);
        try (var elsewhere = new Elsewhere(new JWKSet(strange.toPublicJWK()), certificate(strange))) {
            for (var name : List.of(keys.published().getKeyID(), strange.getKeyID())) {
                refuses(signed(header().keyID(name).jwkURL(elsewhere.keys()).build(), claims().build(), signer));
                refuses(signed(
                        header().keyID(name)
                                .x509CertURL(elsewhere.certificate())
                                .build(),
                        claims().build(),
                        signer));
                refuses(signed(
                        header().keyID(name)
                                .jwkURL(elsewhere.keys())
                                .x509CertURL(elsewhere.certificate())
                                .x509CertChain(List.of(Base64.encode(certificate(strange))))
                                .build(),
                        claims().build(),
                        signer));
            }
            assertThat(elsewhere.asked()).isZero();
            var token = signed(
                    header().keyID(strange.getKeyID()).jwkURL(elsewhere.keys()).build(), claims().build(), signer);
            assertThat(believing(elsewhere.keys()).process(token, null).getSubject())
                    .as("a house that asked there would have let it in")
                    .isEqualTo(claim("sub"));
            assertThat(elsewhere.asked()).isEqualTo(1);
        }
    }

    /** What our decoder would be if it looked at what a token says of its key. */
    private static DefaultJWTProcessor<SecurityContext> believing(URI keys) throws MalformedURLException {
        var believing = new DefaultJWTProcessor<SecurityContext>();
        believing.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(Tokens.TYPE));
        believing.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256, JWKSourceBuilder.create(keys.toURL()).build()));
        believing.setJWTClaimsSetVerifier((claims, context) -> {}); // By the test's clock it is not their time.
        return believing;
    }

    @Test
    void aKeyNameThatIsAPathOrAQueryDoesNot() throws Exception {
        var signer = new RSASSASigner(strange());
        for (var name : List.of("../../../../dev/null", "/dev/null", "' or '1'='1", "' union select 'velvet", "")) {
            refuses(signed(header().keyID(name).build(), claims().build(), signer));
            refuses(symmetric(name, new byte[64])); // What an empty file makes: a key of no byte is filled with zeros.
            refuses(symmetric(name, "velvet".getBytes(StandardCharsets.UTF_8))); // What the query says.
        }
    }

    private String symmetric(String keyName, byte[] key) throws GeneralSecurityException {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(Tokens.TYPE)
                .keyID(keyName)
                .build();
        var said = header.toBase64URL() + "." + claims().build().toPayload().toBase64URL();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return said + "." + Base64URL.encode(mac.doFinal(said.getBytes(StandardCharsets.US_ASCII)));
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
        var changed = new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
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
        assertThat(key.size()).isEqualTo(3072);
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

    /** Says of itself that this key is its own. */
    private static byte[] certificate(RSAKey key) throws JOSEException {
        var signing = new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
        var about = new V1TBSCertificateGenerator();
        about.setSerialNumber(new ASN1Integer(1));
        about.setSignature(signing);
        about.setIssuer(new X500Name("CN=velvet-astro"));
        about.setSubject(new X500Name("CN=velvet-astro"));
        about.setStartDate(new Time(new Date(0)));
        about.setEndDate(new Time(Date.from(Instant.parse("2040-01-01T00:00:00Z"))));
        about.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(key.toRSAPublicKey().getEncoded()));
        try {
            var said = about.generateTBSCertificate();
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.toPrivateKey());
            signature.update(said.getEncoded(ASN1Encoding.DER));
            return new DERSequence(new ASN1Encodable[] {said, signing, new DERBitString(signature.sign())})
                    .getEncoded(ASN1Encoding.DER);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A place in the network that has the keys of whoever forges, and counts who asks for them. */
    private static final class Elsewhere implements AutoCloseable {
        private final AtomicInteger asked = new AtomicInteger();
        private final HttpServer server;

        Elsewhere(JWKSet keys, byte[] certificate) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            serve("/keys.json", keys.toString().getBytes(StandardCharsets.UTF_8));
            serve(
                    "/certificate.pem",
                    ("-----BEGIN CERTIFICATE-----\n" + Base64.encode(certificate) + "\n-----END CERTIFICATE-----\n")
                            .getBytes(StandardCharsets.US_ASCII));
            server.start();
        }

        private void serve(String path, byte[] content) {
            server.createContext(path, exchange -> {
                asked.incrementAndGet();
                exchange.sendResponseHeaders(200, content.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(content);
                }
            });
        }

        URI keys() {
            return at("/keys.json");
        }

        URI certificate() {
            return at("/certificate.pem");
        }

        private URI at(String path) {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        }

        int asked() {
            return asked.get();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static RSAKey strange() throws JOSEException {
        return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
