package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.tree.Source;
import java.util.Locale;
import org.yaml.snakeyaml.reader.StreamReader;

/** Finds the character that YAML does not allow; only called once it is known that there is one. */
final class ControlCharacters {

    private ControlCharacters() {}

    static Diagnostic problem(Source source, String text) {
        int i = 0;
        while (i < text.length() && StreamReader.isPrintable(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        String name = i < text.length() ? String.format(Locale.ROOT, "U+%04X", text.codePointAt(i)) : "unknown";
        return YamlPositions.error(
                        source,
                        TextPlace.at(text, i).span(),
                        Code.CONTROL_CHARACTER,
                        "the character " + name + " is not allowed in YAML")
                .help("remove it; inside double quotes it can be written as an escape")
                .build();
    }
}
