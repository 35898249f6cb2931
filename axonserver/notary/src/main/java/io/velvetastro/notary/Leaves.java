package io.velvetastro.notary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Makes leaves of rows. A row that somebody has damaged gives a leaf too, and another one than before. */
final class Leaves {
    /** Whose log takes what names nobody; an honest store has nothing for it. */
    static final TenantId NOBODY = new TenantId(new UUID(0, 0));

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) // A second value under a key would hide the first.
            .build();

    private Leaves() {}

    /** A row's leaf, and whose log it belongs to. */
    record Owned(TenantId tenant, Row row, Metadata metadata) {
        Leaf leaf(String log) {
            var millis = row.recordedAt().toEpochMilli();
            var revision = Objects.requireNonNullElse(row.revision(), "");
            return row.aggregate() == null
                    ? Leaf.plain(log, row.id(), row.payloadType(), revision, millis, row.payload(), metadata)
                    : new Leaf(
                            log,
                            Objects.requireNonNullElse(row.aggregateType(), ""),
                            row.aggregate(),
                            row.sequence(),
                            row.id(),
                            row.payloadType(),
                            revision,
                            millis,
                            row.payload(),
                            metadata);
        }
    }

    static Owned of(Row row) {
        var entries = entries(row.envelope());
        var tenant = row.tenant() != null ? row.tenant() : tenant(entries);
        return new Owned(tenant, row, Metadata.of(entries));
    }

    private static TenantId tenant(Map<String, Metadata.Value> entries) {
        var named = entries.get(Envelope.TENANT);
        try {
            return named == null ? NOBODY : TenantId.of(named.content());
        } catch (IllegalArgumentException damaged) {
            return NOBODY;
        }
    }

    private static Map<String, Metadata.Value> entries(byte[] envelope) {
        var entries = new HashMap<String, Metadata.Value>(16);
        try (var json = JSON.createParser(envelope)) {
            if (json.nextToken() != JsonToken.START_OBJECT) throw new IOException("no object");
            for (var key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                entries.put(key, value(json, envelope));
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null)
                throw new IOException("more than an object");
            return entries;
        } catch (IOException damaged) {
            return Map.of("", Metadata.Value.json(new String(envelope, ISO_8859_1)));
        }
    }

    private static Metadata.Value value(JsonParser json, byte[] envelope) throws IOException {
        if (json.nextToken() == JsonToken.VALUE_STRING) return Metadata.Value.text(json.getText());
        if (!json.currentToken().isStructStart()) return Metadata.Value.json(json.getText());
        var from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        var to = (int) json.currentLocation().getByteOffset();
        return Metadata.Value.json(new String(envelope, from, to - from, StandardCharsets.UTF_8));
    }
}
