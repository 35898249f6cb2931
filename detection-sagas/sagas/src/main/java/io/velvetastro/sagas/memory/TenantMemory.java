package io.velvetastro.sagas.memory;

import static java.util.Objects.requireNonNull;

import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.language.TenantId;
import io.velvetastro.sagas.memory.Memories.Slot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One organisation's memory while a batch is worked on: reads ahead, notes what changed, and touches nothing outside until it is saved. */
public final class TenantMemory implements Memory {
    private final TenantId tenant;
    private final Memories memories;
    private final Map<Slot, Object> known = new HashMap<>();
    private final Map<Slot, Kind<?>> changed = new LinkedHashMap<>();
    private final Map<Slot, Kind<?>> wanted = new LinkedHashMap<>();

    TenantMemory(TenantId tenant, Memories memories) {
        this.tenant = tenant;
        this.memories = memories;
    }

    /** Announces that this will be recalled; {@link #fetch} then reads all that was announced at once. */
    public void want(Kind<?> kind, String key) {
        var slot = new Slot(tenant, kind.name(), key);
        if (!known.containsKey(slot)) wanted.putIfAbsent(slot, kind);
    }

    public void fetch() {
        wanted.keySet().removeIf(slot -> {
            var held = memories.held().getIfPresent(slot);
            if (held != null) known.put(slot, held);
            return held != null;
        });
        var rows = memories.read(tenant, wanted.keySet());
        wanted.forEach((slot, kind) -> {
            var row = rows.get(slot);
            known.put(slot, row == null ? kind.blank() : kind.unpack(row));
        });
        wanted.clear();
    }

    @Override
    @SuppressWarnings("unchecked") // A kind's name stands for its type.
    public <S> S recall(Kind<S> kind, String key) {
        var slot = new Slot(tenant, kind.name(), key);
        if (!known.containsKey(slot)) {
            want(kind, key);
            fetch();
        }
        return (S) held(slot);
    }

    @Override
    public <S> void keep(Kind<S> kind, String key, S state) {
        var slot = new Slot(tenant, kind.name(), key);
        if (known.put(slot, state) != state) changed.put(slot, kind);
    }

    TenantId tenant() {
        return tenant;
    }

    List<Slot> changed() {
        return List.copyOf(changed.keySet());
    }

    Object held(Slot slot) {
        return requireNonNull(known.get(slot));
    }

    @SuppressWarnings("unchecked")
    byte[] packed(Slot slot) {
        return ((Kind<Object>) requireNonNull(changed.get(slot))).pack(held(slot));
    }
}
