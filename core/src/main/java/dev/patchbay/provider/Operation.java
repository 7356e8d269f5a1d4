package dev.patchbay.provider;

import java.util.Arrays;
import java.util.Optional;

/** What can be asked of a provider; the names are the keys of {@code endpoints:}. */
public enum Operation {
    CHAT("chat"),
    RESPONSES("responses"),
    MESSAGES("messages"),
    COUNT_TOKENS("countTokens"),
    MODELS("models"),
    EMBEDDINGS("embeddings");

    private final String key;

    Operation(String key) {
        this.key = key;
    }

    /** The operation with a key; empty if there is none. */
    public static Optional<Operation> of(String key) {
        return Arrays.stream(values())
                .filter(operation -> operation.key.equals(key))
                .findFirst();
    }

    /** The key in a provider file. */
    public String key() {
        return key;
    }
}
