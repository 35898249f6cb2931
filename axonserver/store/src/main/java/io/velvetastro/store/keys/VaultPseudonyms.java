package io.velvetastro.store.keys;

import io.velvetastro.language.Address;
import io.velvetastro.language.EventId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under the tenant's key, cut to a UUID (version 8). Fields are length-prefixed, so that no two lists of fields are the same bytes. */
public final class VaultPseudonyms implements Pseudonyms {
    private static final Lent<Mac> MACS = new Lent<>(VaultPseudonyms::mac);

    private final Vault vault;

    public VaultPseudonyms(Vault vault) {
        this.vault = vault;
    }

    @Override
    public PrincipalId principal(TenantId tenant, String realm, String name) {
        return new PrincipalId(keyed(tenant, "principal", realm, name));
    }

    @Override
    public SourceId source(TenantId tenant, Address address) {
        return new SourceId(keyed(tenant, "source", address.text()));
    }

    /** The source's own id is no secret, and must give the same event however the keys have changed: no key here. */
    @Override
    public EventId named(TenantId tenant, String source, String uid) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            feed(digest::update, "event", tenant.toString(), source, uid);
            return new EventId(uuid(digest.digest()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public EventId line(TenantId tenant, String log, String line, int occurrence) {
        return new EventId(keyed(tenant, "line", log, line, Integer.toString(occurrence)));
    }

    private UUID keyed(TenantId tenant, String... fields) {
        var key = new SecretKeySpec(vault.ofPseudonyms(tenant).secret(), "HmacSHA256");
        return MACS.with(mac -> keyed(mac, key, fields));
    }

    private static UUID keyed(Mac mac, SecretKey key, String... fields) {
        try {
            mac.init(key);
            feed(mac::update, fields);
            return uuid(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
        }
    }

    private static void feed(Consumer<byte[]> sink, String... fields) {
        for (var field : fields) {
            var bytes = field.getBytes(StandardCharsets.UTF_8);
            sink.accept(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sink.accept(bytes);
        }
    }

    private static UUID uuid(byte[] hash) {
        var bits = ByteBuffer.wrap(hash);
        long most = bits.getLong() & ~0xf000L | 0x8000L;
        long least = bits.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(most, least);
    }

    private static Mac mac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
        }
    }
}
