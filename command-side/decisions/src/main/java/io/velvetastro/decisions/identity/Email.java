package io.velvetastro.decisions.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address as someone typed it and as it is compared. */
record Email(String text) {
    static final int LONGEST = 254;
    private static final Pattern SHAPE = Pattern.compile("[^\\s@\\p{Cntrl}<>\"]{1,64}@[^\\s@\\p{Cntrl}<>\"]{1,189}");

    Email {
        text = text.strip();
        if (text.length() > LONGEST || !SHAPE.matcher(text).matches())
            throw new IllegalArgumentException("not an e-mail address");
    }

    static boolean isOne(String text) {
        var stripped = text.strip();
        return stripped.length() <= LONGEST && SHAPE.matcher(stripped).matches();
    }

    /** Two spellings of one address have one key. */
    String key() {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** What stands behind the last @. */
    String domain() {
        return key().substring(key().lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "Email";
    }
}
