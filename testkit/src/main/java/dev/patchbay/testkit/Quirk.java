package dev.patchbay.testkit;

/** A habit of real providers that a {@link ModelAnswer} can take on; the rules are those of dialects.md. */
public enum Quirk {
    /** Chat, Messages, Responses: no usage anywhere (S10, R8). */
    NO_USAGE,
    /** Chat: usage in the last chunk with a choice, although nobody asked for it. */
    USAGE_UNASKED,
    /** Chat: the stream ends without {@code [DONE]} (S11); Messages: without {@code message_stop}. */
    NO_DONE,
    /** The stream ends, in a clean way, before the event that says why the answer ended (S11). */
    NO_FINISH,
    /** Chat: two chunks with a finish reason, as OpenRouter sends (S9). */
    TWO_FINISHES,
    /** Chat: an empty finish reason in every chunk before the last, as old versions of Ollama send (S9). */
    EMPTY_FINISH,
    /** Chat: tool call deltas without index, as Gemini sends (S5). */
    NO_TOOL_INDEX,
    /** Chat: every tool call has index 0 (S5). */
    ZERO_TOOL_INDEX,
    /** Chat: tool calls without id (S6, R5). */
    NO_TOOL_ID,
    /** Chat: each tool call arrives in one delta, arguments and all. */
    WHOLE_TOOL_CALLS,
    /** Chat: the headers of all tool calls first, then their arguments in turn (S7). */
    INTERLEAVED_TOOL_CALLS,
    /** Chat: thoughts in {@code reasoning} and a second time in {@code reasoning_details}, as OpenRouter sends (R3). */
    REASONING_TWICE,
    /** Chat: a first chunk without choices, as Azure sends (S2). */
    NO_CHOICES_FIRST,
    /** Comments before each event (S1). */
    COMMENTS,
    /** Lines of the stream end with CR LF (S1). */
    CRLF,
    /** No space after {@code data:} (S1). */
    NO_SPACE,
    /** A byte order mark before the body. */
    BOM,
    /** One JSON answer, although the client asked for a stream (S14). */
    STREAM_IGNORED
}
