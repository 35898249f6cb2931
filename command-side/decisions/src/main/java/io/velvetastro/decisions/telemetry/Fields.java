package io.velvetastro.decisions.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of one row of RFC 4180, again and again: what a row costs is its length, however its sender writes it. Those beyond the most are counted and not kept. */
final class Fields {
    private final int most;
    private final List<String> kept = new ArrayList<>();
    private byte[] unquoted = new byte[256];
    private int count;

    Fields(int most) {
        this.most = most;
    }

    /** How many the row has, kept or not. */
    int count() {
        return count;
    }

    String get(int position) {
        return kept.get(position);
    }

    List<String> kept() {
        return List.copyOf(kept);
    }

    void split(byte[] bytes, int from, int to) {
        kept.clear();
        count = 0;
        int at = from;
        while (true) {
            if (at < to && bytes[at] == '"') at = quoted(bytes, at, to);
            else {
                int end = at;
                while (end < to && bytes[end] != ',') end++;
                add(bytes, at, end - at);
                at = end;
            }
            if (at >= to) return;
            at++; // The comma.
            if (at == to) {
                add(bytes, at, 0);
                return;
            }
        }
    }

    /** Two quotes within quotes are one. */
    private int quoted(byte[] bytes, int from, int to) {
        int at = from + 1;
        int doubled = 0;
        for (; at < to; at++) {
            if (bytes[at] != '"') continue;
            if (at + 1 == to || bytes[at + 1] != '"') break;
            at++;
            doubled++;
        }
        if (at == to) throw new BadField("row", "has a quote that is never closed");
        if (at + 1 < to && bytes[at + 1] != ',') throw new BadField("row", "has text behind a closing quote");
        if (doubled == 0) add(bytes, from + 1, at - from - 1);
        else addUnquoted(bytes, from + 1, at);
        return at + 1;
    }

    private void addUnquoted(byte[] bytes, int from, int to) {
        if (unquoted.length < to - from) unquoted = new byte[Math.max(to - from, 2 * unquoted.length)];
        int out = 0;
        for (int at = from; at < to; at++) {
            unquoted[out++] = bytes[at];
            if (bytes[at] == '"') at++;
        }
        add(unquoted, 0, out);
    }

    private void add(byte[] bytes, int from, int length) {
        if (count++ < most) kept.add(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
}
