package dev.patchbay.internal.gateway.relay;

import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.internal.gateway.client.EmbeddingsClient;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.Usage;
import java.util.Optional;

/** The tokens that an answer counts which is passed on as it comes: read from its begin and its end alone. */
final class CountedTokens {

    private static final String MEMBER = "\"usage\"";

    /** Counts are short; what is longer is none. */
    private static final int LONGEST = 4 * 1024;

    private final Optional<WireDialect> dialect;
    private final boolean vectors;

    CountedTokens(ClientDialect client) {
        this.vectors = client instanceof EmbeddingsClient;
        // Vectors are counted as chat counts a prompt.
        Optional<Operation> counting = vectors ? Optional.of(Operation.CHAT) : client.operation();
        this.dialect = counting.flatMap(operation -> Dialects.ALL.stream()
                .filter(known -> known.operation().equals(operation.key()))
                .findFirst());
    }

    /** What is counted in a part of an answer; a later count goes before an earlier one. */
    Usage in(String part) {
        Usage usage = Usage.unknown();
        if (dialect.isEmpty()) {
            return usage;
        }
        for (int at = part.indexOf(MEMBER); at >= 0; at = part.indexOf(MEMBER, at + 1)) {
            // Inside a text of the model its quotes would be escaped.
            if (at == 0 || part.charAt(at - 1) != '\\') {
                Usage counted = object(part, at + MEMBER.length())
                        .flatMap(Json::tryParse)
                        .map(dialect.get()::usage)
                        .orElse(Usage.unknown());
                usage = usage.updatedBy(counted);
            }
        }
        boolean prompt = vectors && usage.inputTokens().isPresent();
        return prompt ? usage.updatedBy(Usage.builder().outputTokens(0).build()) : usage;
    }

    /** The object that stands behind a colon; its texts hold no brace. */
    private static Optional<String> object(String part, int from) {
        int begin = from;
        while (begin < part.length() && (Character.isWhitespace(part.charAt(begin)) || part.charAt(begin) == ':')) {
            begin++;
        }
        if (begin >= part.length() || part.charAt(begin) != '{') {
            return Optional.empty();
        }
        int depth = 0;
        for (int i = begin; i < Math.min(part.length(), begin + LONGEST); i++) {
            depth += part.charAt(i) == '{' ? 1 : part.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return Optional.of(part.substring(begin, i + 1));
            }
        }
        return Optional.empty();
    }
}
