package io.velvetastro.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One keep-alive HTTP/1.1 connection to loopback that costs next to nothing, so that the load does not starve what it measures. */
final class Wire implements AutoCloseable {
    private final int port;
    private final InetAddress from;
    private Socket socket;
    private OutputStream out;
    private InputStream in;
    private boolean closing;

    Wire(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress());
    }

    /** @param from one of this machine's own addresses: who counts by address counts it apart */
    Wire(int port, InetAddress from) throws IOException {
        this.port = port;
        this.from = from;
        open();
    }

    private void open() throws IOException {
        closing = false;
        socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
    }

    /** Sends one request and answers its status and body. */
    Answer send(String method, String path, String contentType, String token, byte[] body) throws IOException {
        var head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + body.length
                + (token.isEmpty() ? "" : "\r\nAuthorization: Bearer " + token) + "\r\n\r\n";
        var bytes = head.getBytes(StandardCharsets.US_ASCII);
        var whole = new byte[bytes.length + body.length];
        System.arraycopy(bytes, 0, whole, 0, bytes.length);
        System.arraycopy(body, 0, whole, bytes.length, body.length);
        if (closing) { // Servers end a connection after so many requests, and say so before.
            socket.close();
            open();
        }
        out.write(whole);
        out.flush();
        return answer();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        boolean chunked = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Integer.parseInt(lower.substring(15).strip());
            if (lower.equals("connection: close")) closing = true;
            if (lower.startsWith("transfer-encoding:")) chunked = lower.contains("chunked");
        }
        if (!chunked) return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
        var body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); ; size = Integer.parseInt(line(), 16)) {
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line();
            if (size == 0) return new Answer(status, body.toString());
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new IOException("the server closed the connection");
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What came back. */
    record Answer(int status, String body) {}
}
