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
record FakeCompletion(
        List<AnswerPart> parts,
        Set<Quirk> quirks,
        @Nullable String finish,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        @Nullable Fault error) {

    /** An error inside a stream. */
    record Fault(String type, String message) {}

    static FakeCompletion empty() {
        return new FakeCompletion(List.of(), Set.of(), null, 11, 0, 7, null);
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    boolean callsTools() {
        return parts.stream().anyMatch(AnswerPart.ToolCall.class::isInstance);
    }

    String finishOr(String withTools, String without) {
        if (finish != null) {
            return finish;
        }
        return callsTools() ? withTools : without;
    }

    FakeCompletion then(AnswerPart part) {
        List<AnswerPart> more = new ArrayList<>(parts);
        more.add(part);
        return new FakeCompletion(List.copyOf(more), quirks, finish, inputTokens, cachedTokens, outputTokens, error);
    }

    FakeCompletion with(Quirk quirk) {
        Set<Quirk> more = EnumSet.of(quirk);
        more.addAll(quirks);
        return new FakeCompletion(parts, more, finish, inputTokens, cachedTokens, outputTokens, error);
    }

    FakeCompletion finishedWith(String reason) {
        return new FakeCompletion(parts, quirks, reason, inputTokens, cachedTokens, outputTokens, error);
    }

    FakeCompletion counted(long input, long cached, long output) {
        return new FakeCompletion(parts, quirks, finish, input, cached, output, error);
    }

    FakeCompletion failing(Fault fault) {
        return new FakeCompletion(parts, quirks, finish, inputTokens, cachedTokens, outputTokens, fault);
    }
}
