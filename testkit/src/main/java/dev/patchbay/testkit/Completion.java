package dev.patchbay.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the fake model answers, before it takes the shape of a dialect.
 *
 * @param finish the finish or stop reason as it goes on the wire; null for the one that fits the parts
 * @param inputTokens tokens of the request that came from no cache
 * @param error what breaks the stream after the parts; null for nothing
 */
record Completion(
        List<Part> parts,
        Set<Quirk> quirks,
        @Nullable String finish,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        @Nullable Fault error) {

    /** An error inside a stream. */
    record Fault(String type, String message) {}

    static Completion empty() {
        return new Completion(List.of(), Set.of(), null, 11, 0, 7, null);
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    boolean callsTools() {
        return parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    }

    String finishOr(String withTools, String without) {
        if (finish != null) {
            return finish;
        }
        return callsTools() ? withTools : without;
    }

    Completion then(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Completion(List.copyOf(more), quirks, finish, inputTokens, cachedTokens, outputTokens, error);
    }

    Completion with(Quirk quirk) {
        Set<Quirk> more = EnumSet.of(quirk);
        more.addAll(quirks);
        return new Completion(parts, more, finish, inputTokens, cachedTokens, outputTokens, error);
    }

    Completion finishedWith(String reason) {
        return new Completion(parts, quirks, reason, inputTokens, cachedTokens, outputTokens, error);
    }

    Completion counted(long input, long cached, long output) {
        return new Completion(parts, quirks, finish, input, cached, output, error);
    }

    Completion failing(Fault fault) {
        return new Completion(parts, quirks, finish, inputTokens, cachedTokens, outputTokens, fault);
    }
}
