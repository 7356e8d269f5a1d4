package dev.patchbay.route;

import dev.patchbay.provider.Operation;
import java.util.Optional;

/** The dialects that the core itself speaks over HTTP. */
public enum BuiltInDialect {
    OPENAI_CHAT("openai-chat", Operation.CHAT),
    ANTHROPIC_MESSAGES("anthropic-messages", Operation.MESSAGES);

    private final String id;
    private final Operation operation;

    BuiltInDialect(String id, Operation operation) {
        this.id = id;
        this.operation = operation;
    }

    /** The dialect of that id; empty for one that a plugin brings. */
    public static Optional<BuiltInDialect> of(String id) {
        for (BuiltInDialect dialect : values()) {
            if (dialect.id.equals(id)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /** The name in {@code dialect:}. */
    public String id() {
        return id;
    }

    /** The operation that a conversation uses. */
    public Operation operation() {
        return operation;
    }
}
