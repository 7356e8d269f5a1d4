package dev.patchbay.config.schema;

/** What the keys of a mapping may be. */
public enum KeyType {
    /** Any text. */
    ANY,
    /** The id of a provider. */
    ID,
    /** The name of a header; case does not matter. */
    HEADER,
    /** The name of a query parameter. */
    QUERY,
    /** The name of an operation of {@code endpoints}. */
    OPERATION,
    /** A dotted path into a body. */
    BODY_PATH;

    /** Whether the value under that key is a credential whatever it looks like. */
    public boolean isCredential(String key) {
        return switch (this) {
            case HEADER -> HeaderRules.isCredential(key);
            case QUERY -> HeaderRules.isCredentialParameter(key);
            default -> false;
        };
    }
}
