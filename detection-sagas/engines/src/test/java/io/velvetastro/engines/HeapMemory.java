package io.velvetastro.engines;

import java.util.HashMap;
import java.util.Map;

/** A memory that packs whatever it is given and unpacks it again, as the real one does between two batches. */
public final class HeapMemory implements Memory {
    private final Map<String, byte[]> rows = new HashMap<>();

    @Override
    public <S> S recall(Kind<S> kind, String key) {
        var row = rows.get(kind.name() + "/" + key);
        return row == null ? kind.blank() : kind.unpack(row);
    }

    @Override
    public <S> void keep(Kind<S> kind, String key, S state) {
        rows.put(kind.name() + "/" + key, kind.pack(state));
    }

    public int sizeOf(Kind<?> kind, String key) {
        return rows.get(kind.name() + "/" + key).length;
    }

    public int rows() {
        return rows.size();
    }
}
