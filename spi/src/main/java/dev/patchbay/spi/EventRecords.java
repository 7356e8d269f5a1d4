package dev.patchbay.spi;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of {@link ChatEvent}: out of sight, so that they can get more members. */
final class EventRecords {

    private EventRecords() {}

    record Started(Optional<String> id, Optional<String> model, Usage usage) implements ChatEvent.Started {}

    record BlockStarted(int index, ContentBlock block) implements ChatEvent.BlockStarted {}

    record TextDelta(int index, String text) implements ChatEvent.TextDelta {}

    record CitationDelta(int index, Map<String, @Nullable Object> citation) implements ChatEvent.CitationDelta {}

    record ResultDelta(int index, Map<String, @Nullable Object> part) implements ChatEvent.ResultDelta {}

    record ThinkingDelta(int index, String thinking) implements ChatEvent.ThinkingDelta {}

    record SignatureDelta(int index, String signature) implements ChatEvent.SignatureDelta {}

    record InputDelta(int index, String json) implements ChatEvent.InputDelta {}

    record BlockStopped(int index) implements ChatEvent.BlockStopped {}

    record Finishing(StopReason reason, Optional<String> stopSequence, Usage usage) implements ChatEvent.Finishing {}

    record Stopped() implements ChatEvent.Stopped {}
}
