package dev.patchbay.fuzz.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChatRulesTest {

    private static final String HEAD =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",";
    private static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    private static final String TEXT = chunk("{\"content\":\"Hi\"}", "null");
    private static final String CALL = chunk(
            "{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"Read\",\"arguments\":\"\"}}]}",
            "null");
    private static final String ARGUMENTS =
            chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}", "null");
    private static final String FINISH = chunk("{}", "\"tool_calls\"");
    private static final String USAGE = Streams.data(
            HEAD + "\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}");
    private static final String DONE = Streams.data("[DONE]");
    private static final String ERROR =
            Streams.data("{\"error\":{\"message\":\"broken\",\"type\":\"server_error\",\"param\":null,\"code\":null}}");
    private static final String GOOD = ROLE + TEXT + CALL + ARGUMENTS + FINISH + USAGE + DONE;

    @Test
    void acceptsWholeStreamsAndFailuresAtAnyPoint() {
        assertThat(ChatRules.violations(GOOD, true)).isEmpty();
        assertThat(ChatRules.violations(ROLE + FINISH + DONE, false)).isEmpty();
        assertThat(ChatRules.violations(ERROR, true)).isEmpty();
        assertThat(ChatRules.violations(ROLE + TEXT + CALL + ERROR, false)).isEmpty();
    }

    @Test
    void refusesStreamsInAnyOtherOrder() {
        assertThat(ChatRules.violations("", false)).contains("no [DONE] and no error");
        assertThat(ChatRules.violations(ROLE + TEXT + FINISH, false)).contains("no [DONE] and no error");
        assertThat(ChatRules.violations(ROLE + DONE, false)).contains("[DONE] without a finish_reason");
        assertThat(ChatRules.violations(GOOD, false)).contains("the usage is missing, or was not asked for");
        assertThat(ChatRules.violations(ROLE + FINISH + DONE, true))
                .contains("the usage is missing, or was not asked for");
        assertThat(ChatRules.violations(ROLE + FINISH + ERROR, false)).contains("an error after the finish");
        assertThat(ChatRules.violations(GOOD + DONE, true).toString()).contains("something after the end");
        assertThat(ChatRules.violations(ERROR + DONE, true).toString()).contains("something after the end");
        assertThat(ChatRules.violations(TEXT + FINISH + DONE, false).toString()).contains("no role at the start");
        assertThat(ChatRules.violations(ROLE + FINISH + TEXT + DONE, false).toString())
                .contains("a choice after the finish");
        assertThat(ChatRules.violations(ROLE + ARGUMENTS + FINISH + DONE, false).toString())
                .contains("arguments for another call");
        assertThat(ChatRules.violations(ROLE + CALL + CALL + FINISH + DONE, false)
                        .toString())
                .contains("the index of a call is not the next one");
        assertThat(ChatRules.violations(ROLE + FINISH + USAGE + USAGE + DONE, true))
                .contains("two chunks with the usage");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"chatcmpl-1\",             | \"\",                       | id is no text",
                "\"created\":1               | \"created\":null            | created is no count",
                "chat.completion.chunk     | chat.completion           | not a chunk",
                "\"choices\":[{              | \"choices\":[{},{          | not one choice",
                "{\"content\":\"Hi\"}          | {\"content\":\"\"}           | content is no text",
                "{\"content\":\"Hi\"}          | {\"words\":\"Hi\"}           | unknown delta",
                "{\"content\":\"Hi\"}          | {}                        | not one member",
                "\"name\":\"Read\"             | \"name\":\"\"                | name is no text",
                "\"type\":\"function\"         | \"type\":\"tool\"            | a call that is no function",
                "\"arguments\":\"{}\"          | \"arguments\":{}           | arguments is no text",
                "\"finish_reason\":\"tool_calls\" | \"finish_reason\":\"end_turn\" | finish_reason",
                "\"total_tokens\":3          | \"total_tokens\":-3        | total_tokens is no count"
            })
    void refusesChunksThatAreNotAsTheyMustBe(String good, String bad, String violation) {
        assertThat(GOOD).contains(good);
        assertThat(ChatRules.violations(GOOD.replace(good, bad), true).toString())
                .contains(violation);
    }

    @Test
    void refusesAnotherIdInTheMiddle() {
        String other = TEXT.replace("chatcmpl-1", "chatcmpl-2");
        assertThat(ChatRules.violations(ROLE + other + FINISH + DONE, false).toString())
                .contains("another id, time or model");
    }

    @Test
    void refusesEventLines() {
        assertThat(ChatRules.violations("event: error\n" + ERROR, false).toString())
                .contains("an event line");
    }

    private static String chunk(String delta, String reason) {
        return Streams.data(
                HEAD + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]}");
    }
}
