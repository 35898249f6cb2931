package io.velvetastro.decisions.telemetry;

/** Reads one kind of input, piece by piece and in order; belongs to one import. */
interface Parser {
    Parsed parse(byte[] bytes, int from, int to);

    /** What one piece is called in a refusal: line, row, event. */
    String pieceName();
}
