package io.velvetastro.decisions.post;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes everything, in clear, or turns everything away. */
final class MailServer implements AutoCloseable {
    private final ServerSocket door;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    MailServer() {
        try {
            door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException busy) {
            throw new UncheckedIOException(busy);
        }
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return door.getLocalPort();
    }

    void turnAway(boolean all) {
        full = all;
    }

    /** What it has taken, each as it came. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    private void listen() {
        while (!door.isClosed()) {
            try (var caller = door.accept()) {
                talk(caller);
            } catch (IOException gone) {
                // The next one may stay longer.
            }
        }
    }

    private void talk(Socket caller) throws IOException {
        var from = new java.io.BufferedReader(new java.io.InputStreamReader(caller.getInputStream(), UTF_8));
        var to = new PrintWriter(caller.getOutputStream(), true, US_ASCII);
        say(to, "220 here");
        for (var line = from.readLine(); line != null; line = from.readLine()) {
            var word = line.split(" ")[0].toUpperCase(java.util.Locale.ROOT);
            switch (word) {
                case "RCPT" -> say(to, full ? "452 full" : "250 ok");
                case "DATA" -> {
                    say(to, "354 go on");
                    var letter = new StringBuilder();
                    for (var part = from.readLine(); part != null && !part.equals("."); part = from.readLine())
                        letter.append(part).append('\n');
                    taken.add(letter.toString());
                    say(to, "250 taken");
                }
                case "QUIT" -> {
                    say(to, "221 bye");
                    return;
                }
                default -> say(to, "250 ok");
            }
        }
    }

    private static void say(PrintWriter to, String words) {
        to.print(words + "\r\n");
        to.flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
