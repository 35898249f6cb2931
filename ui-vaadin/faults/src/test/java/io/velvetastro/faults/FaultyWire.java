package io.velvetastro.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a database that can be slow, swallow everything, or break at the worst moment: after the database has done what it was asked and before it can say so. */
final class FaultyWire implements AutoCloseable {
    private final ServerSocket door;
    private final int database;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean blackhole;
    private volatile byte[] trigger = new byte[0];
    private volatile byte[] done = new byte[0];
    private volatile boolean broken;

    private FaultyWire(int database) throws IOException {
        this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.database = database;
        Thread.ofVirtual().start(this::accept);
    }

    static FaultyWire to(int database) throws IOException {
        return new FaultyWire(database);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Every piece takes so much longer. */
    void slow(Duration delay) {
        this.delay = delay;
    }

    /** Takes everything and passes nothing on; connections stay open and silent. */
    void blackhole(boolean on) {
        blackhole = on;
    }

    /** Once somebody sends these words: lets the database finish, which it says with {@code done}, and resets the connection instead of passing that on. */
    void breakAfter(String words, String done) {
        broken = false;
        this.done = done.getBytes(StandardCharsets.US_ASCII);
        trigger = words.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether that has happened. */
    boolean hasBroken() {
        return broken;
    }

    void heal() {
        delay = Duration.ZERO;
        blackhole = false;
        trigger = new byte[0];
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var server = new Socket();
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), database));
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                var line = new Line(client, server);
                Thread.ofVirtual().start(line::forth);
                Thread.ofVirtual().start(line::back);
            } catch (IOException closed) {
                // The door is closed, or the database was away: its next client sees for itself.
            }
        }
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket server;
        private volatile boolean doomed;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void forth() {
            var buffer = new byte[64 * 1024];
            try {
                for (int read = client.getInputStream().read(buffer);
                        read >= 0;
                        read = client.getInputStream().read(buffer)) {
                    trouble();
                    if (trigger.length > 0 && contains(buffer, read, trigger)) {
                        trigger = new byte[0]; // Once.
                        doomed = true;
                    }
                    server.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException ended) {
                // Whichever end went, the other follows.
            }
            end();
        }

        void back() {
            var buffer = new byte[64 * 1024];
            try {
                for (int read = server.getInputStream().read(buffer);
                        read >= 0;
                        read = server.getInputStream().read(buffer)) {
                    trouble();
                    if (doomed && contains(buffer, read, done)) {
                        client.setSoLinger(true, 0); // Closing now sends a reset.
                        broken = true;
                        break;
                    }
                    client.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException ended) {
                // As above.
            }
            end();
        }

        private void trouble() {
            if (!delay.isZero()) Patience.pause(delay);
            while (blackhole && !client.isClosed()) Patience.pause(Duration.ofMillis(20));
        }

        private void end() {
            for (var socket : new Socket[] {client, server}) {
                open.remove(socket);
                try {
                    socket.close();
                } catch (IOException already) {
                    // Closed is closed.
                }
            }
        }
    }

    private static boolean contains(byte[] bytes, int length, byte[] wanted) {
        for (int i = 0; i + wanted.length <= length; i++) {
            int j = 0;
            while (j < wanted.length && bytes[i + j] == wanted[j]) j++;
            if (j == wanted.length) return true;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (var socket : open) socket.close();
    }
}
