package io.velvetastro.store.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AeadProperties {
    @Property(tries = 300)
    void whatIsSealedOpensToItself(@ForAll @Size(32) byte[] key, @ForAll byte[] bound, @ForAll byte[] clear) {
        var secret = new SecretKeySpec(key, "AES");
        assertThat(Aead.open(secret, bound, Aead.seal(secret, bound, clear)))
                .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(clear));
    }

    @Property(tries = 300)
    void oneChangedBitShutsIt(
            @ForAll @Size(32) byte[] key,
            @ForAll byte[] bound,
            @ForAll byte[] clear,
            @ForAll @IntRange(min = 0, max = 1_000_000) int where) {
        var secret = new SecretKeySpec(key, "AES");
        var sealed = Aead.seal(secret, bound, clear);
        int bit = where % (sealed.length * 8);
        sealed[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(Aead.open(secret, bound, sealed)).isEmpty();
    }

    @Property(tries = 300)
    void whatIsCutOffStaysShut(
            @ForAll @Size(32) byte[] key, @ForAll byte[] clear, @ForAll @IntRange(min = 0, max = 1_000_000) int where) {
        var secret = new SecretKeySpec(key, "AES");
        var sealed = Aead.seal(secret, new byte[0], clear);
        assertThat(Aead.open(secret, new byte[0], Arrays.copyOf(sealed, where % sealed.length)))
                .isEmpty();
    }
}
