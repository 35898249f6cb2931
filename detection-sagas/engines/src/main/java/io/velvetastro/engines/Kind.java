package io.velvetastro.engines;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One kind of thing the engines remember: its name in the store, what it is before anything has happened, and how it is packed.
 *
 * @param shape counts the changes of the packed form: memory of an older shape starts blank again
 */
public record Kind<S>(String name, int shape, S blank, BiConsumer<S, Packer> packing, Function<Unpacker, S> unpacking) {
    public byte[] pack(S state) {
        var packer = new Packer().number(shape);
        packing.accept(state, packer);
        return packer.bytes();
    }

    public S unpack(byte[] bytes) {
        var unpacker = new Unpacker(bytes);
        return unpacker.number() == shape ? unpacking.apply(unpacker) : blank;
    }
}
