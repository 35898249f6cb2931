package io.velvetastro.views;

import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever takes a large answer a little at a time has as many connections to the database as anybody: none. */
@OnTheReadHouse
class SlowReaderTest {
    private static final int AS_MANY_AS_THERE_ARE_CONNECTIONS = 12;
    private static final int A_LITTLE = 262_144;

    @Autowired
    private Door door;

    @Autowired
    private JdbcClient db;

    @Autowired
    private Environment environment;

    private final List<SlowReader> slow = new ArrayList<>();

    @AfterEach
    void theyGo() throws IOException {
        for (var reader : slow) reader.socket.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/audit?limit=500", "/audit/export?format=ndjson"})
    void whoReadsSlowlyHoldsUpNobody(String path) throws IOException {
        var theirs = tenant("slow readers of " + path);
        aLongRecord(theirs);
        for (int reader = 0; reader < AS_MANY_AS_THERE_ARE_CONNECTIONS; reader++)
            slow.add(new SlowReader(asks(theirs, path)));
        slow.forEach(reader -> Thread.ofVirtual().start(reader));
        Door.await("each is being answered", () -> slow.stream().allMatch(reader -> reader.beginning != null));
        var others = door.get(tenant("others than " + path), Role.ORG_ADMIN, "/audit?limit=10");
        assertThat(others.status()).isEqualTo(200);
        assertThat(slow).allSatisfy(reader -> assertThat(reader.beginning).startsWith("HTTP/1.1 200"));
    }

    /** A megabyte a second: slow, and not so slow that the house gives it up. */
    private static final class SlowReader implements Runnable {
        private final Socket socket;
        private volatile @Nullable String beginning;

        SlowReader(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            try (var answer = socket.getInputStream()) {
                byte[] taken = answer.readNBytes(A_LITTLE);
                beginning = new String(taken, 0, Math.min(taken.length, 12), StandardCharsets.US_ASCII);
                while (answer.readNBytes(A_LITTLE).length == A_LITTLE)
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
            } catch (IOException gone) {
                beginning = beginning == null ? "nothing" : beginning;
            }
        }
    }

    private Socket asks(TenantId tenant, String path) throws IOException {
        var reader = new Socket();
        reader.setReceiveBufferSize(A_LITTLE); // Before it connects, or the system takes in megabytes for it.
        reader.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), environment.getRequiredProperty("local.server.port", int.class)));
        reader.getOutputStream()
                .write("GET /api/v1%s HTTP/1.1\r\nHost: localhost\r\n%s: %s ORG_ADMIN PRO\r\n\r\n"
                        .formatted(path, ReadHouse.CALLER, tenant)
                        .getBytes(StandardCharsets.US_ASCII));
        return reader;
    }

    /** Some twelve megabytes: more than the system keeps for both ends. */
    private void aLongRecord(TenantId tenant) {
        db.sql("""
                insert into views.audit (tenant, position, id, at, type, actor, says)
                select ?::uuid, n, gen_random_uuid(), now(), 'RoleGiven', 'member:1', repeat('role=IT_SECURITY ', 1500)
                from generate_series(1, 500) n""").param(tenant.toString()).update();
    }
}
