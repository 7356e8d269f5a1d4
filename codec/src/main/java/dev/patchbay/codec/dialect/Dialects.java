package dev.patchbay.codec.dialect;

import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.responses.ResponsesDialect;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The dialects that Patchbay itself speaks to upstreams; a plugin can bring others. The only such list. */
public final class Dialects {

    /** All of them, the most usual first. */
    public static final List<WireDialect> ALL =
            List.of(new ChatDialect(), new MessagesDialect(), new ResponsesDialect());

    /** What a provider speaks whose file does not say. */
    public static final WireDialect DEFAULT = ALL.get(0);

    private Dialects() {}

    /** The names in {@code dialect:}, in the order of {@link #ALL}. */
    public static Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        ALL.forEach(dialect -> ids.add(dialect.id()));
        return Collections.unmodifiableSet(ids);
    }

    /** The dialect of that name; empty for one that a plugin brings, or nobody. */
    public static Optional<WireDialect> find(String id) {
        for (WireDialect dialect : ALL) {
            if (dialect.id().equals(id)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /**
     * The dialect that an operation belongs to, whatever else its provider speaks.
     *
     * @param operation a key of {@code endpoints:}
     * @return empty for what all of them have, such as the list of models
     */
    public static Optional<WireDialect> speaking(String operation) {
        return ALL.stream()
                .filter(dialect -> dialect.operation().equals(operation)
                        || dialect.tokenCount().filter(operation::equals).isPresent())
                .findFirst();
    }
}
