package dev.patchbay.config.explain;

import dev.patchbay.config.template.Reference;
import java.util.List;
import java.util.Optional;

/**
 * A value as it may be shown.
 *
 * @param text with its variables put in, or the reference to a secret
 * @param template what the file says, where that is another text
 * @param variables what the template refers to
 */
record Shown(String text, boolean secret, Optional<String> template, List<Reference> variables) {

    static Shown plain(String text) {
        return new Shown(text, false, Optional.empty(), List.of());
    }

    static Shown secret(String reference, Optional<String> template, List<Reference> variables) {
        return new Shown(reference, true, template.filter(text -> !text.equals(reference)), variables);
    }
}
