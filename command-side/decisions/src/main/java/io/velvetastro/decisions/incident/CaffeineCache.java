package io.velvetastro.decisions.incident;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/** Keeps the aggregates that were used last, and never more than a fixed number of them. */
final class CaffeineCache implements Cache {
    private final List<EntryListener> listeners = new CopyOnWriteArrayList<>();
    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

    CaffeineCache(long most) {
        entries = Caffeine.newBuilder()
                .maximumSize(most)
                .<Object, Object>removalListener((key, value, cause) -> {
                    if (cause != RemovalCause.REPLACED) listeners.forEach(it -> it.onEntryRemoved(key));
                })
                .build();
    }

    @Override
    @SuppressWarnings("unchecked") // The contract of Cache: who reads knows what was written.
    public <K, V> @Nullable V get(K key) {
        return (V) entries.getIfPresent(key);
    }

    @Override
    public void put(Object key, Object value) {
        var before = entries.asMap().put(key, value);
        if (before == null) listeners.forEach(it -> it.onEntryCreated(key, value));
        else listeners.forEach(it -> it.onEntryUpdated(key, value));
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        var isNew = entries.asMap().putIfAbsent(key, value) == null;
        if (isNew) listeners.forEach(it -> it.onEntryCreated(key, value));
        return isNew;
    }

    @Override
    public boolean remove(Object key) {
        return entries.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        entries.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
