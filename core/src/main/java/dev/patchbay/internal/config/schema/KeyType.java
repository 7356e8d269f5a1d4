package dev.patchbay.internal.config.schema;

import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;

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

    /** Whether the value of an entry is a credential, by its name or by its own looks. */
    public boolean isCredential(MapNode.Entry entry) {
        boolean holdsValues = this == HEADER || this == QUERY || this == BODY_PATH;
        return isCredential(entry.key().text()) || (holdsValues && looksLikeKey(entry.value()));
    }

    static boolean looksLikeKey(Node node) {
        return node instanceof ScalarNode scalar && KeyRules.looksLikeKey(scalar.text());
    }

    /** Whether the value under that key is a credential whatever it looks like. */
    public boolean isCredential(String key) {
        return switch (this) {
            case HEADER -> CredentialNames.isHeader(key);
            case QUERY -> CredentialNames.isParameter(key);
            case BODY_PATH -> CredentialNames.isMember(key.substring(key.lastIndexOf('.') + 1));
            default -> false;
        };
    }
}
