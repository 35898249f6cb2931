package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.MemberId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way in for who has lost their device: twelve codes on paper, each good once. 80 random bits under a keyed hash, so neither guessing nor the table finds one. */
class RecoveryCodes {
    static final int HOW_MANY = 12;
    private static final int BYTES = 10;
    private static final Pattern SHAPE = Pattern.compile("[A-Z2-7]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient db;
    private final SecretKeySpec key;
    private final Clock clock;

    RecoveryCodes(JdbcClient db, byte[] key, Clock clock) {
        this.db = db;
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.clock = clock;
    }

    /** New ones; those before are void. */
    List<String> issue(MemberId member) {
        forget(member);
        var codes =
                Stream.generate(RecoveryCodes::fresh).distinct().limit(HOW_MANY).toList();
        for (var code : codes)
            db.sql("insert into identity.recovery_code (member, hash) values (?, ?)")
                    .params(member.value(), hash(plain(code)))
                    .update();
        return codes;
    }

    void forget(MemberId member) {
        db.sql("delete from identity.recovery_code where member = ?")
                .param(member.value())
                .update();
    }

    static boolean looksLikeOne(String typed) {
        return SHAPE.matcher(plain(typed)).matches();
    }

    /** Uses it up; of two that try at once one succeeds. */
    boolean use(MemberId member, String typed) {
        return db.sql("update identity.recovery_code set used_at = ? where member = ? and hash = ? and used_at is null")
                        .params(clock.instant().atOffset(UTC), member.value(), hash(plain(typed)))
                        .update()
                == 1;
    }

    int left(MemberId member) {
        return db.sql("select count(*) from identity.recovery_code where member = ? and used_at is null")
                .param(member.value())
                .query(Integer.class)
                .single();
    }

    private static String fresh() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return String.join("-", Base32.of(bytes).toLowerCase(Locale.ROOT).split("(?<=\\G.{4})"));
    }

    /** However it was typed. */
    private static String plain(String typed) {
        return typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private byte[] hash(String code) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(code.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
