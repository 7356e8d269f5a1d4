package dev.patchbay.provider;

/** What can be asked of a provider; the names are the keys of {@code endpoints:}. */
public enum Operation {
    CHAT("chat"),
    RESPONSES("responses"),
    MESSAGES("messages"),
    COUNT_TOKENS("countTokens"),
    MODELS("models");

    private final String key;

    Operation(String key) {
        this.key = key;
    }

    /** The key in a provider file. */
    public String key() {
        return key;
    }
}
