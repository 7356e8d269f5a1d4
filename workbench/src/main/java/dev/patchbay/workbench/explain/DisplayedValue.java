package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.template.Reference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value as it may be shown.
 *
 * @param data texts, numbers, booleans, null, lists and maps; variables put in, a secret as the reference to it
 * @param template what the file says, where that is another text
 * @param variables what the template refers to
 */
record DisplayedValue(@Nullable Object data, boolean secret, Optional<String> template, List<Reference> variables) {

    static DisplayedValue plain(@Nullable Object data) {
        return new DisplayedValue(data, false, Optional.empty(), List.of());
    }

    static DisplayedValue secret(String reference, List<Reference> variables) {
        return new DisplayedValue(reference, true, Optional.empty(), variables);
    }

    /** On one line, as a file would have it in braces and brackets. */
    String text() {
        return InlineYaml.of(data);
    }
}
