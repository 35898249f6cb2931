package io.velvetastro.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding of a bundle: by what it was judged, and on what, as far as that is here.
 *
 * @param rule its name and version
 * @param ruleHash the SHA-256 of the rule's text as the finding's leaf names it; null in findings of before they did
 * @param text the text with that hash, if a leaf of it is here
 * @param count the events it rests on
 * @param named those that it names: of very many the first and the latest
 * @param absent those that it names and that are not here
 */
public record Judged(
        long leaf,
        String finding,
        String series,
        String rule,
        @Nullable String ruleHash,
        @Nullable RuleText text,
        long count,
        int named,
        List<String> absent) {

    /** Whether this finding, or the attack it belongs to, goes by this id. */
    public boolean isOf(String id) {
        return finding.equals(id) || series.equals(id);
    }

    /** Whether the rule's text and every event it names are here. */
    public boolean isWhole() {
        return text != null && absent.isEmpty();
    }
}
