package dev.patchbay.workbench.probe;

import java.util.List;

/**
 * What an answer asks for, to be written into the provider's file.
 *
 * @param where into which provider of which file, as a sentence
 * @param yaml the lines to paste; empty for none
 * @param changes what the lines say, one by one
 * @param hints what lines of a provider file cannot settle
 */
public record Suggestion(String where, String yaml, List<SuggestedSetting> changes, List<String> hints) {

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
        return changes.isEmpty() && hints.isEmpty();
    }
}
