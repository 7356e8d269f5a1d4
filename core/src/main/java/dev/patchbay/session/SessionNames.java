package dev.patchbay.session;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import java.util.List;
import java.util.Optional;

/** Refuses a title, or the name of a provider or a model, that no list could show; one rule for whoever gives it. */
final class SessionNames {

    private static final int LONGEST = 1_000;

    private SessionNames() {}

    /**
     * Looks at what a request names.
     *
     * @param title as it was given; one that is the beginning of the query is none
     * @throws ConfigurationException if the title is blank, or one of them has more than 1 000 characters
     */
    static void require(Optional<String> title, SessionSettings settings) {
        if (title.filter(String::isBlank).isPresent()) {
            throw refusal("the title must not be blank");
        }
        requireLength("title", title);
        requireLength("provider", settings.provider());
        requireLength("model", settings.model());
        requireLength("proxyModelOverride", settings.proxyModelOverride());
    }

    private static void requireLength(String field, Optional<String> name) {
        if (name.filter(text -> text.codePointCount(0, text.length()) > LONGEST).isPresent()) {
            throw refusal("the " + field + " has more than 1 000 characters");
        }
    }

    private static ConfigurationException refusal(String message) {
        return new ConfigurationException(List.of(
                Diagnostic.error(Code.BAD_VALUE, Location.of("launch"), message).build()));
    }
}
