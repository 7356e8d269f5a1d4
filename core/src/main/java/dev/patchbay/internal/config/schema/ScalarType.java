package dev.patchbay.internal.config.schema;

/** What a single value may be; its text is checked by {@link ScalarCheck}. */
public enum ScalarType {
    TEXT("a text"),
    BOOLEAN("true or false"),
    /** 0 or more. */
    COUNT("a whole number"),
    /** 1 or more. */
    POSITIVE("a whole number"),
    /** 0 or more. */
    DECIMAL("a number"),
    /** Longer than nothing, or {@code off}. */
    TIMEOUT("a duration"),
    /** Nothing or longer. */
    DURATION("a duration"),
    BASE_URL("a URL"),
    URL("a URL"),
    /** {@code inherit}, {@code none}, or the URL of a proxy, whose password is a reference. */
    PROXY("inherit, none or the URL of a proxy"),
    /** The path of an endpoint, or an absolute URL. */
    ENDPOINT("a path or a URL"),
    /** The absolute URL of an endpoint, perhaps with {@code {model}} in it. */
    ENDPOINT_URL("a URL"),
    /** An HTTP status, or {@code network}. */
    RETRY_CAUSE("an HTTP status or network"),
    HEADER_NAME("the name of a header"),
    HEADER_VALUE("a text"),
    BODY_PATH("a dotted path");

    private final String words;

    ScalarType(String words) {
        this.words = words;
    }

    /** Whether it is a URL, or the path of one. */
    boolean isUrl() {
        return this == BASE_URL || this == URL || this == ENDPOINT || this == ENDPOINT_URL;
    }

    /** Whether what copying leaves around a value is left out. */
    public boolean isTrimmed() {
        return isUrl() || this == PROXY;
    }

    /** Whether a value may be a number or a truth value. */
    boolean isTyped() {
        return this == BOOLEAN || this == COUNT || this == POSITIVE || this == DECIMAL || this == RETRY_CAUSE;
    }

    /** Whether any text is accepted, a key too. */
    boolean isFreeText() {
        return this == TEXT || this == HEADER_VALUE;
    }

    /** For messages. */
    public String words() {
        return words;
    }
}
