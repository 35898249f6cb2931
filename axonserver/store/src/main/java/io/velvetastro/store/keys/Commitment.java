package io.velvetastro.store.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.velvetastro.language.Disclosures;
import io.velvetastro.language.Disclosures.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in clear behind a sealed text: one hash over the salted hashes of its values. The salts follow from the text's own key, so that nothing more has to be kept, and go with it.
 */
final class Commitment {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] SALT = "velvetastro.io/field-salt@v1\n".getBytes(US_ASCII);
    private static final byte[] FIELD = "velvetastro.io/field@v1\n".getBytes(US_ASCII);
    private static final byte[] ALL = "velvetastro.io/fields@v1\n".getBytes(US_ASCII);
    private static final Lent<MessageDigest> DIGESTS = new Lent<>(KeyTree::sha256);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Commitment() {}

    /** To values in the order of {@link Disclosures#FIELDS}. */
    static String to(byte[] key, List<@Nullable String> values) {
        return DIGESTS.with(digest -> {
            var hashes = ByteBuffer.allocate(1024).put(ALL);
            for (int i = 0; i < values.size(); i++) {
                var name = Disclosures.FIELDS.get(i).getBytes(US_ASCII);
                var hash = hash(digest, name, salt(digest, key, name), values.get(i));
                hashes.putInt(name.length).put(name).putInt(hash.length).put(hash);
            }
            digest.update(hashes.flip());
            return ENCODER.encodeToString(digest.digest());
        });
    }

    /** The values of the clear text with their salts. */
    static List<Field> fields(byte[] key, String clear) {
        var values = values(clear);
        return DIGESTS.with(digest -> {
            var fields = new ArrayList<Field>();
            for (var name : Disclosures.FIELDS)
                fields.add(new Field(name, salt(digest, key, name.getBytes(US_ASCII)), values.get(name)));
            return fields;
        });
    }

    private static byte[] salt(MessageDigest digest, byte[] key, byte[] name) {
        digest.update(SALT);
        digest.update(key);
        return digest.digest(name);
    }

    private static byte[] hash(MessageDigest digest, byte[] name, byte[] salt, @Nullable String value) {
        digest.update(FIELD);
        feed(digest, name);
        feed(digest, salt);
        if (value == null) {
            digest.update((byte) 'n');
        } else {
            digest.update((byte) 'v');
            feed(digest, value.getBytes(UTF_8));
        }
        return digest.digest();
    }

    private static void feed(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static Map<String, String> values(String clear) {
        var values = new HashMap<String, String>();
        try (var json = JSON.createParser(clear)) {
            if (json.nextToken() != JsonToken.START_OBJECT) return Map.of();
            for (var name = json.nextFieldName(); name != null; name = json.nextFieldName())
                if (json.nextToken() == JsonToken.VALUE_STRING) values.put(name, json.getText());
                else json.skipChildren();
            return values;
        } catch (IOException unreadable) {
            return Map.of();
        }
    }
}
