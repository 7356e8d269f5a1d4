package dev.patchbay.codec.responses;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.Translate;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** VQ6 and 1.10: thinking that Anthropic signed goes through a Responses client and comes back as it was. */
class ReasoningItemTest {

    private static final ResponsesRequest ASKED =
            ResponsesRequestReader.read(json("{'model':'m','input':'x','tools':[{'type':'function','name':'f'}]}"));

    @Test
    void givesSignedThinkingBackToItsProvider() {
        String content = "[{'type':'thinking','thinking':'why','signature':'c2ln'},{'type':'redacted_thinking',"
                + "'data':'b3Bh'},{'type':'tool_use','id':'c','name':'f','input':{}}]";
        AnswerCollector answer = new AnswerCollector();
        new MessagesDialect()
                .decode(
                        ASKED.request(),
                        Quirks.none(),
                        json("{'type':'message','role':'assistant','content':" + content
                                + ",'stop_reason':'tool_use'}"),
                        answer);
        JsonNode output =
                ResponsesResponseWriter.write(answer, ASKED, item -> {}).path("output");

        assertThat(output.findValuesAsText("type")).contains("reasoning", "function_call");
        assertThat(output.path(0).path("summary").path(0).path("text").asText()).isEqualTo("why");
        assertThat(output.path(1).path("summary")).isEmpty();
        assertThat(again(output).path(1).path("content")).isEqualTo(Json.parse(content.replace('\'', '"')));
    }

    @Test
    void streamsTheProofWithTheItem() {
        List<ObjectNode> sent = new ArrayList<>();
        ResponsesStreamEncoder encoder = new ResponsesStreamEncoder(ASKED, sent::add);
        List.of(
                        ChatEvent.started(),
                        ChatEvent.blockStarted(0, ContentBlock.thinking("", "")),
                        ChatEvent.thinkingDelta(0, "w"),
                        ChatEvent.thinkingDelta(0, "hy"),
                        ChatEvent.signatureDelta(0, "c2ln"),
                        ChatEvent.blockStopped(0),
                        ChatEvent.blockStarted(1, ContentBlock.thinking("", "")),
                        ChatEvent.signatureDelta(1, "bm9uZQ"),
                        ChatEvent.blockStopped(1),
                        ChatEvent.blockStarted(2, ContentBlock.toolUse("c", "f", Map.of())),
                        ChatEvent.blockStopped(2),
                        ChatEvent.finishing(StopReason.TOOL_USE, Usage.unknown()),
                        ChatEvent.stopped())
                .forEach(encoder::encode);
        JsonNode output = Json.array().addAll(sent);

        assertThat(output.path(1).path("summary")).isEmpty();
        assertThat(again(output).path(1).path("content"))
                .isEqualTo(Json.parse("[{'type':'thinking','thinking':'why','signature':'c2ln'},{'type':'thinking',"
                                .replace('\'', '"')
                        + "'thinking':'','signature':'bm9uZQ'},{'type':'tool_use','id':'c','name':'f','input':{}}]"
                                .replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gAAAAABpOpenAi", "patchbay.anthropic.%%%", "patchbay.anthropic.e30", "patchbay.anthropic.bm8"})
    void leavesContentOfOthersUnread(String content) {
        JsonNode messages = messages("[{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'" + content
                + "'},{'role':'assistant','content':'a'}]");

        assertThat(messages).isEqualTo(Json.parse("[{\"role\":\"assistant\",\"content\":\"a\"}]"));
    }

    private static JsonNode again(JsonNode output) {
        ObjectNode body = json("{'model':'m','input':[{'role':'user','content':'x'}]}");
        output.forEach(item -> body.withArray("input").add(item));
        body.withArray("input").add(json("{'type':'function_call_output','call_id':'c','output':'r'}"));
        return Translate.reread(new MessagesDialect()
                        .encode(ResponsesRequestReader.read(body).request(), Quirks.none()))
                .path("messages");
    }

    private static JsonNode messages(String input) {
        return Translate.reread(new MessagesDialect()
                        .encode(
                                ResponsesRequestReader.read(json("{'model':'m','input':" + input + "}"))
                                        .request(),
                                Quirks.none()))
                .path("messages");
    }
}
