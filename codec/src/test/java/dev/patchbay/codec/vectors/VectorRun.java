package dev.patchbay.codec.vectors;

import java.util.List;

/** Runs vectors through the codecs. */
final class VectorRun {

    private VectorRun() {}

    /** The differences between what a vector expects and what the codecs do. */
    static List<String> differences(Vector vector) {
        return switch (vector.direction()) {
            case "anthropic-request->anthropic-request" -> RequestVectors.passedThrough(vector);
            case "anthropic-request->openai-chat-request" -> RequestVectors.messagesToChat(vector);
            case "openai-chat-request->anthropic-request" -> RequestVectors.chatToMessages(vector);
            case "openai-responses-request->openai-chat-request" -> RequestVectors.responsesToChat(vector);
            case "openai-chat-response->anthropic-response" -> AnswerVectors.chatToMessages(vector);
            case "anthropic-response->openai-chat-response" -> AnswerVectors.messagesToChat(vector);
            case "openai-chat-response->openai-responses-response" -> AnswerVectors.chatToResponses(vector);
            case "openai-error->anthropic-error" -> AnswerVectors.error(vector);
            case "anthropic-count-tokens" -> AnswerVectors.countTokens(vector);
            case "openai-chat-stream->anthropic-stream" -> StreamVectors.chatToMessages(vector);
            case "anthropic-stream->openai-chat-stream" -> StreamVectors.messagesToChat(vector);
            case "openai-chat-stream->openai-responses-stream" -> StreamVectors.chatToResponses(vector);
            case "anthropic-request->openai-responses-request" -> RequestVectors.messagesToResponses(vector);
            case "openai-chat-request->openai-responses-request" -> RequestVectors.chatToResponses(vector);
            case "openai-responses-response->anthropic-response" -> AnswerVectors.responsesToMessages(vector);
            case "openai-responses-response->openai-chat-response" -> AnswerVectors.responsesToChat(vector);
            case "openai-responses-stream->anthropic-stream" -> StreamVectors.responsesToMessages(vector);
            case "openai-responses-stream->openai-chat-stream" -> StreamVectors.responsesToChat(vector);
            default -> List.of("nobody runs " + vector.direction());
        };
    }
}
