package dev.patchbay.fuzz.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessagesRulesTest {

    private static final String START = Streams.named("message_start", """
            {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],\
            "stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":0,\
            "cache_read_input_tokens":0,"cache_creation_input_tokens":0}}}""");
    private static final String TEXT = Streams.named("content_block_start", """
                    {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""")
            + Streams.named("content_block_delta", """
                    {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}""")
            + Streams.named("content_block_stop", """
                    {"type":"content_block_stop","index":0}""");
    private static final String CALL = Streams.named("content_block_start", """
                    {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"Read","input":{}}}""")
            + Streams.named("content_block_delta", """
                    {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{"}}""")
            + Streams.named("content_block_stop", """
                    {"type":"content_block_stop","index":1}""");
    private static final String DELTA = Streams.named("message_delta", """
            {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":1,\
            "output_tokens":2,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}}""");
    private static final String STOP = Streams.named("message_stop", "{\"type\":\"message_stop\"}");
    private static final String ERROR = Streams.named("error", """
            {"type":"error","error":{"type":"api_error","message":"broken"}}""");
    private static final String GOOD = START + TEXT + CALL + DELTA + STOP;

    @Test
    void acceptsWholeStreamsAndFailuresAtAnyPoint() {
        assertThat(MessagesRules.violations(GOOD)).isEmpty();
        assertThat(MessagesRules.violations(START + DELTA + STOP)).isEmpty();
        assertThat(MessagesRules.violations(ERROR)).isEmpty();
        assertThat(MessagesRules.violations(START + ERROR)).isEmpty();
        assertThat(MessagesRules.violations(START + TEXT + CALL.substring(0, CALL.indexOf("\n\n") + 2) + ERROR))
                .isEmpty();
    }

    @Test
    void refusesStreamsInAnyOtherOrder() {
        assertThat(MessagesRules.violations("")).contains("no message_stop and no error");
        assertThat(MessagesRules.violations(START + TEXT)).contains("no message_stop and no error");
        assertThat(MessagesRules.violations(GOOD + ERROR)).contains("event after the end: error");
        assertThat(MessagesRules.violations(GOOD + STOP)).contains("event after the end: message_stop");
        assertThat(MessagesRules.violations(ERROR + STOP)).contains("event after the end: message_stop");
        assertThat(MessagesRules.violations(START + START + DELTA + STOP)).contains("second message_start");
        assertThat(MessagesRules.violations(TEXT + DELTA + STOP)).contains("content_block_start before message_start");
        assertThat(MessagesRules.violations(START + CALL + DELTA + STOP)).contains("index 1, want 0");
        assertThat(MessagesRules.violations(START + TEXT + TEXT + DELTA + STOP)).contains("index 0, want 1");
        assertThat(MessagesRules.violations(START + DELTA + TEXT + STOP)).contains("block after message_delta");
        assertThat(MessagesRules.violations(START + STOP)).contains("message_stop without message_delta");
        assertThat(MessagesRules.violations(START + DELTA + DELTA + STOP)).contains("second message_delta");
        assertThat(MessagesRules.violations(GOOD.substring(0, GOOD.length() - 1)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "event: content_block_stop | event: content_block_end | the event line is not the type",
                "data: {                   | data: {{                 | not a JSON object",
                "{\"type\":\"message_stop\"}   | [DONE]                   | not a JSON object",
                "\"id\":\"msg_1\",           | ``                       | id is no text",
                "\"model\":\"m\",            | ``                       | model is no text",
                "\"stop_reason\":null,     | ``                       | stop_reason is missing",
                "\"stop_reason\":null      | \"stop_reason\":\"end_turn\" | a message starts with a stop_reason",
                "\"input_tokens\":1        | \"input_tokens\":-1        | input_tokens is no count",
                "\"output_tokens\":2       | \"output_tokens\":2.5      | output_tokens is no count",
                "\"text\":\"\"               | \"text\":\"H\"               | a text starts with text",
                "\"text\":\"Hi\"             | \"text\":\"\"                | text is no text",
                "\"text_delta\"            | \"thinking_delta\"         | delta thinking_delta on block 0",
                "\"name\":\"Read\"           | \"name\":\"\"                | tool_use start without id",
                "\"partial_json\":\"{\"      | \"partial_json\":{}        | partial_json is no text",
                "\"stop_reason\":\"tool_use\" | \"stop_reason\":null       | stop_reason is no text",
                "\"index\":1               | \"index\":2                | index 2, want 1",
                "\"type\":\"text\"           | \"type\":[]                | type is no text"
            })
    void refusesEventsThatAreNotAsTheyMustBe(String good, String bad, String violation) {
        assertThat(GOOD).contains(good);
        assertThat(MessagesRules.violations(GOOD.replace(good, bad)).toString()).contains(violation);
    }

    @Test
    void refusesErrorsThatSayNothing() {
        assertThat(MessagesRules.violations(ERROR.replace("broken", "")).toString())
                .contains("message is no text");
        assertThat(MessagesRules.violations(ERROR.replace("api_error", "")).toString())
                .contains("type is no text");
    }
}
