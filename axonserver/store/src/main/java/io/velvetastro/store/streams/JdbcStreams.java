package io.velvetastro.store.streams;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.Stream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/** The three streams in PostgreSQL. */
public final class JdbcStreams implements Streams {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Arrivals arrivals = new Arrivals();
    private final DataSource database;
    private final Decoder decoder;
    private final Map<Stream, Tail> tails = new EnumMap<>(Stream.class);

    public JdbcStreams(DataSource database, Serializer serializer, @Nullable EventUpcaster upcasters) {
        this.database = database;
        this.decoder = new Decoder(serializer, upcasters);
        for (var stream : Stream.values()) tails.put(stream, tail(stream));
    }

    /** A stream as Axon's own processors read it. */
    public StreamSource source(Stream stream) {
        return source(stream, LOOK_AGAIN);
    }

    StreamSource source(Stream stream, Duration lookAgain) {
        return new StreamSource(this, Set.of(stream), arrivals, lookAgain);
    }

    /** To be told by whoever has appended, after the transaction has ended. */
    public void appendedTo(Stream stream) {
        arrivals.tell(stream);
    }

    @Override
    public Map<Stream, Long> ends() {
        var sql = Arrays.stream(StreamTable.values())
                .map(StreamTable::selectEnd)
                .collect(Collectors.joining(", ", "SELECT ", ""));
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var row = statement.executeQuery()) {
            row.next();
            var ends = new EnumMap<Stream, Long>(Stream.class);
            for (var table : StreamTable.values()) ends.put(table.stream(), row.getLong(table.ordinal() + 1));
            return ends;
        } catch (SQLException e) {
            throw new EventStoreException("Cannot find the ends of the streams", e);
        }
    }

    @Override
    public TrackedEventMessage<?> at(Collection<Stream> streams, long position) {
        for (var stream : streams) {
            var found = requireNonNull(tails.get(stream)).at(position);
            if (found != null) return found;
        }
        throw new IllegalArgumentException("No event at " + position);
    }

    @Override
    public StreamReader readerOfAll(Collection<Stream> streams) {
        var inOrder = streams.stream().sorted().toList();
        return new StreamReader(inOrder, inOrder.stream().map(this::tail).toList(), arrivals, 0);
    }

    @Override
    public StreamReader reader(Collection<Stream> streams, long position) {
        var inOrder = streams.stream().sorted().toList();
        return new StreamReader(inOrder, inOrder.stream().map(tails::get).toList(), arrivals, position);
    }

    private Tail tail(Stream stream) {
        return new Tail(StreamTable.of(stream), database, decoder, arrivals);
    }
}
