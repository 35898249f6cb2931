package io.velvetastro.store.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.velvetastro.language.Disclosures;
import io.velvetastro.language.Disclosures.Field;
import java.io.IOException;
import java.security.MessageDigest;
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
    private static final Lent<Commitment> LENT = new Lent<>(Commitment::new);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final MessageDigest digest = KeyTree.sha256();
    private final Piece piece = new Piece();
    private final Piece all = new Piece();

    private Commitment() {}

    /** To values in the order of {@link Disclosures#FIELDS}. */
    static String to(byte[] key, List<@Nullable String> values) {
        return LENT.with(commitment -> commitment.made(key, values));
    }

    /** The values of the clear text with their salts. */
    static List<Field> fields(byte[] key, String clear) {
        var values = values(clear);
        return LENT.with(commitment -> Disclosures.FIELDS.stream()
                .map(name -> new Field(name, commitment.salt(key, name.getBytes(US_ASCII)), values.get(name)))
                .toList());
    }

    private String made(byte[] key, List<@Nullable String> values) {
        all.begin(ALL);
        for (int i = 0; i < values.size(); i++) {
            var name = Disclosures.FIELDS.get(i).getBytes(US_ASCII);
            all.field(name).field(hash(name, salt(key, name), values.get(i)));
        }
        return ENCODER.encodeToString(hash(all));
    }

    private byte[] salt(byte[] key, byte[] name) {
        return hash(piece.begin(SALT).add(key).add(name));
    }

    private byte[] hash(byte[] name, byte[] salt, @Nullable String value) {
        piece.begin(FIELD).field(name).field(salt);
        return hash(
                value == null ? piece.add((byte) 'n') : piece.add((byte) 'v').field(value.getBytes(UTF_8)));
    }

    private byte[] hash(Piece whole) {
        digest.update(whole.array(), 0, whole.length());
        return digest.digest();
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
