package dev.patchbay.spi;

import java.util.Optional;

/**
 * One step of an answer. The shape is that of the event stream of Anthropic Messages (dialects.md, section 1.3):
 *
 * <pre>
 * stream = Started block* Finishing Stopped
 * block  = BlockStarted (TextDelta | ThinkingDelta | SignatureDelta | InputDelta)* BlockStopped     one open at a time
 * </pre>
 *
 * <p>Block indices are 0, 1, 2, … without gaps. An answer that fails ends with a {@link ProviderException} instead of
 * events.
 */
public sealed interface ChatEvent {

    /**
     * The answer begins.
     *
     * @param id the provider's id of the answer; empty if it gave none
     * @param model the model that the provider says it used; empty if it did not say
     * @param usage what is known of it by now, usually the input
     */
    record Started(Optional<String> id, Optional<String> model, Usage usage) implements ChatEvent {}

    /**
     * A block begins.
     *
     * @param index position of the block in the answer, from 0
     * @param block the block without what follows in deltas: empty text, empty thinking, a tool call without input
     */
    record BlockStarted(int index, ContentBlock block) implements ChatEvent {}

    /** More of the open text block. */
    record TextDelta(int index, String text) implements ChatEvent {}

    /** More of the open thinking block. */
    record ThinkingDelta(int index, String thinking) implements ChatEvent {}

    /** The signature of the open thinking block, whole. */
    record SignatureDelta(int index, String signature) implements ChatEvent {}

    /**
     * More of the open tool call's input.
     *
     * @param json a piece of JSON text; all pieces together are one JSON object, or none at all for an empty input
     */
    record InputDelta(int index, String json) implements ChatEvent {}

    /** A block is complete. */
    record BlockStopped(int index) implements ChatEvent {}

    /**
     * No block follows.
     *
     * @param reason why the answer ended
     * @param stopSequence the sequence that ended it, if one did
     * @param usage totals of the whole answer, not increments
     */
    record Finishing(StopReason reason, Optional<String> stopSequence, Usage usage) implements ChatEvent {}

    /** The answer is complete. */
    record Stopped() implements ChatEvent {}
}
