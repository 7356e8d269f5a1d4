package dev.patchbay.spi;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of an answer. The shape is that of the event stream of Anthropic Messages (dialects.md, section 1.3):
 *
 * <pre>
 * stream = Started block* Finishing Stopped
 * block  = BlockStarted (TextDelta | CitationDelta | ThinkingDelta | SignatureDelta | InputDelta | ResultDelta)* BlockStopped
 * </pre>
 *
 * <p>One block is open at a time.
 *
 * <p>More kinds of events can come with a minor version: who reads events passes over those that it does not know. Who makes
 * them uses the factories here, which stay as they are when events get more members.
 *
 * <p>Block indices are 0, 1, 2, … without gaps. An answer that fails ends with a {@link ProviderException} instead of
 * events.
 */
public sealed interface ChatEvent {

    /** The answer begins. */
    sealed interface Started extends ChatEvent permits EventRecords.Started {
        /** The provider's id of the answer; empty if it gave none. */
        Optional<String> id();

        /** The model that the provider says it used; empty if it did not say. */
        Optional<String> model();

        /** What is known of it by now, usually the input. */
        Usage usage();
    }

    /** A block begins. */
    sealed interface BlockStarted extends ChatEvent permits EventRecords.BlockStarted {
        /** Position of the block in the answer, from 0. */
        int index();

        /** The block without what follows in deltas: empty text, empty thinking, a tool call without input. */
        ContentBlock block();
    }

    /** More of the open text block. */
    sealed interface TextDelta extends ChatEvent permits EventRecords.TextDelta {
        int index();

        String text();
    }

    /** A citation for the open text block. */
    sealed interface CitationDelta extends ChatEvent permits EventRecords.CitationDelta {
        int index();

        /** A JSON object as JDK values (see {@link ContentBlock}), with the member {@code type}. */
        Map<String, @Nullable Object> citation();
    }

    /** One more part of the result of a tool that ran at the provider; the open block is a {@link ContentBlock.Other}. */
    sealed interface ResultDelta extends ChatEvent permits EventRecords.ResultDelta {
        int index();

        /** A JSON object as JDK values, which is appended to the block's {@code content}. */
        Map<String, @Nullable Object> part();
    }

    /** More of the open thinking block. */
    sealed interface ThinkingDelta extends ChatEvent permits EventRecords.ThinkingDelta {
        int index();

        String thinking();
    }

    /** The signature of the open thinking block, whole. */
    sealed interface SignatureDelta extends ChatEvent permits EventRecords.SignatureDelta {
        int index();

        String signature();
    }

    /** More of the open tool call's input. */
    sealed interface InputDelta extends ChatEvent permits EventRecords.InputDelta {
        int index();

        /** A piece of JSON text; all pieces together are one JSON object, or none at all for an empty input. */
        String json();
    }

    /** A block is complete. */
    sealed interface BlockStopped extends ChatEvent permits EventRecords.BlockStopped {
        int index();
    }

    /** No block follows. */
    sealed interface Finishing extends ChatEvent permits EventRecords.Finishing {
        /** Why the answer ended. */
        StopReason reason();

        /** The sequence that ended it, if one did. */
        Optional<String> stopSequence();

        /** Totals of the whole answer, not increments. */
        Usage usage();
    }

    /** The answer is complete. */
    sealed interface Stopped extends ChatEvent permits EventRecords.Stopped {}

    /** The answer begins, and nothing is known of it. */
    static ChatEvent started() {
        return new EventRecords.Started(Optional.empty(), Optional.empty(), Usage.unknown());
    }

    /**
     * The answer begins.
     *
     * @param id the provider's id of the answer; blank if it gave none
     * @param model the model that the provider says it used; blank if it did not say
     */
    static ChatEvent started(String id, String model, Usage usage) {
        return new EventRecords.Started(
                Optional.of(id).filter(text -> !text.isBlank()),
                Optional.of(model).filter(text -> !text.isBlank()),
                usage);
    }

    static ChatEvent blockStarted(int index, ContentBlock block) {
        return new EventRecords.BlockStarted(index, block);
    }

    /** A text block begins. */
    static ChatEvent textStarted(int index) {
        return new EventRecords.BlockStarted(index, ContentBlock.text(""));
    }

    /** A thinking block begins. */
    static ChatEvent thinkingStarted(int index) {
        return new EventRecords.BlockStarted(index, ContentBlock.thinking("", ""));
    }

    /** A tool call begins. */
    static ChatEvent toolUseStarted(int index, String id, String name) {
        return new EventRecords.BlockStarted(index, ContentBlock.toolUse(id, name, Map.of()));
    }

    static ChatEvent textDelta(int index, String text) {
        return new EventRecords.TextDelta(index, text);
    }

    static ChatEvent citationDelta(int index, Map<String, @Nullable Object> citation) {
        return new EventRecords.CitationDelta(index, citation);
    }

    static ChatEvent thinkingDelta(int index, String thinking) {
        return new EventRecords.ThinkingDelta(index, thinking);
    }

    static ChatEvent signatureDelta(int index, String signature) {
        return new EventRecords.SignatureDelta(index, signature);
    }

    static ChatEvent inputDelta(int index, String json) {
        return new EventRecords.InputDelta(index, json);
    }

    static ChatEvent resultDelta(int index, Map<String, @Nullable Object> part) {
        return new EventRecords.ResultDelta(index, part);
    }

    static ChatEvent blockStopped(int index) {
        return new EventRecords.BlockStopped(index);
    }

    /** No block follows; no stop sequence ended the answer. */
    static Finishing finishing(StopReason reason, Usage usage) {
        return finishing(reason, "", usage);
    }

    /**
     * No block follows.
     *
     * @param stopSequence the sequence that ended the answer; empty if none did
     */
    static Finishing finishing(StopReason reason, String stopSequence, Usage usage) {
        return new EventRecords.Finishing(reason, Optional.of(stopSequence).filter(text -> !text.isEmpty()), usage);
    }

    /** No block follows; the answer ended with one of the request's stop sequences. */
    static Finishing stoppedBy(String stopSequence, Usage usage) {
        return finishing(StopReason.STOP_SEQUENCE, stopSequence, usage);
    }

    /** The answer is complete. */
    static ChatEvent stopped() {
        return new EventRecords.Stopped();
    }
}
