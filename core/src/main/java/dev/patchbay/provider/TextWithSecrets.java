package dev.patchbay.provider;

import dev.patchbay.spi.SecretRef;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a text that is shown with gaps where its secrets are. */
public sealed interface TextWithSecrets {

    /** What may be shown. */
    record Text(String text) implements TextWithSecrets {

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The place of a secret.
     *
     * @param secret where it is to be found
     * @param bare whether, in a JSON text, it is a number or the like rather than a part of a text
     */
    record Gap(SecretRef secret, boolean bare) implements TextWithSecrets {

        @Override
        public String toString() {
            return secret.toString();
        }
    }

    /** The whole text, with the reference to each secret in its place. */
    static String text(List<TextWithSecrets> pieces) {
        return pieces.stream().map(TextWithSecrets::toString).collect(Collectors.joining());
    }
}
