package io.velvetastro.store.keys;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Seals under the vault's keys. What is sealed is bound to its tenant and its key: moved elsewhere it opens for nobody. */
public final class VaultSeals implements Seals {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int PERSON_DIGITS = KeyTree.FORKS;
    /** The place in the tree for what concerns no principal. */
    private static final long NOBODY = (1L << 4 * KeyTree.FORKS) - 1;
    /** Key, person, blob; blobs of older houses name no person. */
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:-([0-9a-f]{12}))?\\.([A-Za-z0-9_-]+)");

    private static final byte[] ONCE = "velvetastro.io/sealed-once@v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final Lent<MessageDigest> DIGESTS = new Lent<>(KeyTree::sha256);

    private final Vault vault;

    public VaultSeals(Vault vault) {
        this.vault = vault;
    }

    @Override
    public Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear) {
        long person = principal == null ? NOBODY : Vault.person(principal);
        var key = vault.ofMonth(tenant, month(at));
        var secret = vault.keyOf(key, person);
        if (secret.isPresent()) return sealed(key, person, secret.get(), clear);
        var own = vault.ofReturned(tenant, requireNonNull(principal, "nobody is never forgotten"), month(at));
        return sealed(own, person, own.secret(), clear);
    }

    private static Sealed sealed(VaultKey key, long person, byte[] secret, String clear) {
        var blob = Aead.seal(nonce -> once(secret, nonce), key.boundTo(), clear.getBytes(StandardCharsets.UTF_8));
        return new Sealed(key.id() + "-" + HexFormat.of().toHexDigits(person, PERSON_DIGITS) + "."
                + ENCODER.encodeToString(blob));
    }

    @Override
    public Optional<String> open(TenantId tenant, Sealed sealed) {
        var form = FORM.matcher(sealed.text());
        if (!form.matches()) return Optional.empty();
        try {
            var found = vault.byId(Long.parseLong(form.group(1)));
            if (found.isEmpty() || !found.get().tenant().equals(tenant)) return Optional.empty();
            var key = found.get();
            var blob = Base64.getUrlDecoder().decode(form.group(3));
            var clear = form.group(2) == null
                    ? Aead.open(new SecretKeySpec(key.secret(), "AES"), key.boundTo(), blob)
                    : vault.keyOf(key, HexFormat.fromHexDigitsToLong(form.group(2)))
                            .flatMap(secret -> Aead.open(nonce -> once(secret, nonce), key.boundTo(), blob));
            return clear.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noSealOfOurs) {
            return Optional.empty();
        }
    }

    /** Every blob has a key of its own, so that one can be disclosed and no other. */
    private static SecretKey once(byte[] secret, byte[] nonce) {
        return DIGESTS.with(digest -> {
            digest.update(ONCE);
            digest.update(secret);
            return new SecretKeySpec(digest.digest(nonce), "AES");
        });
    }

    private static String month(Instant at) {
        var date = at.atOffset(ZoneOffset.UTC);
        int month = date.getMonthValue();
        return date.getYear() + (month < 10 ? "-0" : "-") + month;
    }
}
