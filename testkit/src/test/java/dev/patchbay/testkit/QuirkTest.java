package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuirkTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final ModelAnswer TWO_CALLS =
            Answer.toolCall("call_a", "read", "{\"p\":", "1}").thenToolCall("call_b", "list", "{\"q\":", "2}");

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void stop() {
        fake.close();
    }

    private String chat(ModelAnswer answer, Quirk... quirks) throws Exception {
        fake.answer(answer.with(quirks));
        return RawClient.stream(fake, CHAT, TestClient.STREAM_WITH_USAGE);
    }

    private String messages(ModelAnswer answer, Quirk... quirks) throws Exception {
        fake.answer(answer.with(quirks));
        return RawClient.stream(fake, "/v1/messages", TestClient.STREAM);
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    @Test
    void leavesUsageOut() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.NO_USAGE))
                .doesNotContain("usage")
                .contains("[DONE]");
        assertThat(messages(Answer.text("x"), Quirk.NO_USAGE)).doesNotContain("tokens");
    }

    @Test
    void sendsUsageUnasked() throws Exception {
        fake.answer(Answer.text("x").with(Quirk.USAGE_UNASKED));

        assertThat(RawClient.stream(fake, CHAT, TestClient.STREAM))
                .containsPattern("\"finish_reason\":\"stop\"}],\"usage\":\\{\"prompt_tokens\":11");
    }

    @Test
    void forgetsDone() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.NO_DONE))
                .doesNotContain("[DONE]")
                .contains("\"stop\"");
        assertThat(messages(Answer.text("x"), Quirk.NO_DONE))
                .contains("message_delta")
                .doesNotContain("message_stop");
    }

    @Test
    void endsWithoutSayingWhy() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.NO_FINISH, Quirk.NO_DONE))
                .doesNotContain("\"stop\"")
                .endsWith("\n\n");
        assertThat(messages(Answer.text("x"), Quirk.NO_FINISH)).doesNotContain("message_delta");
    }

    @Test
    void finishesTwice() throws Exception {
        assertThat(count(chat(Answer.text("x"), Quirk.TWO_FINISHES), "\"finish_reason\":\"stop\""))
                .isEqualTo(2);
    }

    @Test
    void finishesEmptily() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.EMPTY_FINISH))
                .contains("\"finish_reason\":\"\"", "\"finish_reason\":\"stop\"")
                .doesNotContain("\"finish_reason\":null");
    }

    @Test
    void numbersToolCallsBadly() throws Exception {
        assertThat(chat(TWO_CALLS, Quirk.NO_TOOL_INDEX))
                .doesNotContain("[{\"index\":0,\"id\"")
                .contains("[{\"id\":\"call_b\"");
        assertThat(chat(TWO_CALLS, Quirk.ZERO_TOOL_INDEX)).contains("{\"index\":0,\"id\":\"call_b\"");
        assertThat(chat(TWO_CALLS, Quirk.NO_TOOL_ID)).doesNotContain("call_a", "call_b");
    }

    @Test
    void sendsToolCallsWhole() throws Exception {
        assertThat(chat(TWO_CALLS, Quirk.WHOLE_TOOL_CALLS)).contains("\"arguments\":\"{\\\"p\\\":1}\"");
    }

    @Test
    void mixesToolCalls() throws Exception {
        String stream = chat(TWO_CALLS, Quirk.INTERLEAVED_TOOL_CALLS);

        assertThat(stream.indexOf("call_a"))
                .isLessThan(stream.indexOf("call_b"))
                .isPositive();
        assertThat(stream.indexOf("{\\\"q\\\":")).isBetween(stream.indexOf("{\\\"p\\\":"), stream.indexOf("\"1}\""));
    }

    @Test
    void sendsEmptyArguments() throws Exception {
        assertThat(chat(Answer.toolCall("call_a", "now"))).contains("\"name\":\"now\",\"arguments\":\"\"");
        assertThat(messages(Answer.toolCall("call_a", "now"))).doesNotContain("input_json_delta");
    }

    @Test
    void saysThoughtsTwice() throws Exception {
        assertThat(chat(Answer.thinking("hm"), Quirk.REASONING_TWICE))
                .contains("\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]");
    }

    @Test
    void beginsWithoutChoices() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.NO_CHOICES_FIRST))
                .startsWith("data: {\"id\":\"\",\"model\":\"\",\"choices\":[]");
    }

    @Test
    void sendsComments() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.COMMENTS)).startsWith(": still working\n\ndata: ");
    }

    @Test
    void endsLinesWithCarriageReturns() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.CRLF))
                .contains("data: [DONE]\r\n\r\n")
                .doesNotContainPattern("[^\r]\n");
    }

    @Test
    void leavesTheSpaceOut() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.NO_SPACE)).contains("\ndata:{").doesNotContain("data: ");
    }

    @Test
    void beginsWithAByteOrderMark() throws Exception {
        assertThat(chat(Answer.text("x"), Quirk.BOM)).startsWith("\uFEFFdata: {");
        assertThat(RawClient.exchange(fake, CHAT, TestClient.PLAIN)).contains("\r\n\r\n\uFEFF{");
    }

    @Test
    void ignoresThatAStreamWasAskedFor() throws Exception {
        fake.answer(Answer.text("x").with(Quirk.STREAM_IGNORED));

        assertThat(RawClient.exchange(fake, CHAT, TestClient.STREAM))
                .contains("Content-Type: application/json\r\n", "\"object\":\"chat.completion\"");
    }
}
