package dev.patchbay.daemon.event;

/**
 * What a piece of an answer has come to that is not finished.
 *
 * @param sequence that it will have in its session
 * @param type {@code message} or {@code thinking}
 */
public record UnfinishedText(long sequence, String type, String text) {}
