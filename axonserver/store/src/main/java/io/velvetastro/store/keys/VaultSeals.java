package io.velvetastro.store.keys;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.Disclosures;
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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Seals under the vault's keys. What is sealed is bound to its tenant and its key: moved elsewhere it opens for nobody. */
public final class VaultSeals implements Seals, Disclosures {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int PERSON_DIGITS = KeyTree.FORKS;
    /** The place in the tree for what concerns no principal. */
    private static final long NOBODY = (1L << 4 * KeyTree.FORKS) - 1;
    /** Key, person, blob, commitment; blobs of older houses name no person. */
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18})(?:-([0-9a-f]{12}))?\\.([A-Za-z0-9_-]+)(~[A-Za-z0-9_-]{43})?");

    private static final byte[] ONCE = "velvetastro.io/sealed-once@v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final Lent<MessageDigest> DIGESTS = new Lent<>(KeyTree::sha256);

    private final Vault vault;

    public VaultSeals(Vault vault) {
        this.vault = vault;
    }

    @Override
    public Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear) {
        return seal(tenant, principal, at, clear, List.of());
    }

    @Override
    public Sealed seal(
            TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear, List<@Nullable String> values) {
        long person = principal == null ? NOBODY : Vault.person(principal);
        var key = vault.ofMonth(tenant, month(at));
        var secret = vault.keyOf(key, person);
        if (secret.isPresent()) return sealed(key, person, secret.get(), clear, values);
        var own = vault.ofReturned(tenant, requireNonNull(principal, "nobody is never forgotten"), month(at));
        return sealed(own, person, own.secret(), clear, values);
    }

    private static Sealed sealed(
            VaultKey key, long person, byte[] secret, String clear, List<@Nullable String> values) {
        var blob = Aead.seal(nonce -> once(secret, nonce), key.boundTo(), clear.getBytes(StandardCharsets.UTF_8));
        var text =
                key.id() + "-" + HexFormat.of().toHexDigits(person, PERSON_DIGITS) + "." + ENCODER.encodeToString(blob);
        return new Sealed(
                values.isEmpty()
                        ? text
                        : text + "~"
                                + Commitment.to(once(secret, Aead.nonceOf(blob)).getEncoded(), values));
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

    @Override
    public Optional<List<Field>> fields(TenantId tenant, Sealed sealed) {
        var form = FORM.matcher(sealed.text());
        if (!form.matches() || form.group(2) == null || form.group(4) == null) return Optional.empty();
        var key = vault.byId(Long.parseLong(form.group(1)));
        var secret = key.flatMap(found -> vault.keyOf(found, HexFormat.fromHexDigitsToLong(form.group(2))));
        var clear = open(tenant, sealed);
        if (clear.isEmpty() || secret.isEmpty()) return Optional.empty();
        var blob = Base64.getUrlDecoder().decode(form.group(3));
        return Optional.of(
                Commitment.fields(once(secret.get(), Aead.nonceOf(blob)).getEncoded(), clear.get()));
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
