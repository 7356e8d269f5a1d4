package dev.patchbay.codec.chat;

import static dev.patchbay.codec.Translate.chatAnswerToMessages;
import static dev.patchbay.codec.Translate.chatMessageToMessages;
import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R1 to R10, where no vector looks. */
class ChatResponseTest {

    @Test
    void writesTheWholeEnvelope() {
        JsonNode message = chatMessageToMessages("{'content':'hi'}", "'stop'");

        assertThat(message.fieldNames())
                .toIterable()
                .containsExactly("id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage");
        assertThat(message.path("id").asText()).startsWith("msg_");
        assertThat(message.path("model").asText()).isEqualTo("asked");
        assertThat(message.path("stop_sequence").isNull()).isTrue();
    }

    @Test
    void putsThinkingFirstAndRefusalsBehindText() {
        JsonNode message = chatMessageToMessages(
                "{'content':[{'type':'text','text':'a'},{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},"
                        + "{'type':'text','text':'b'}],'refusal':'no','tool_calls':[{'id':'c','function':{'name':'f',"
                        + "'arguments':'{}'}}]}",
                "'tool_calls'");

        assertThat(message.path("content"))
                .isEqualTo(array("[{'type':'thinking','thinking':'hm','signature':''},{'type':'text','text':'ab'},"
                        + "{'type':'text','text':'no'},{'type':'tool_use','id':'c','name':'f','input':{}}]"));
        assertThat(message.path("stop_reason").asText()).isEqualTo("refusal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reasoning_content':'a','reasoning':'b' | a",
                "'reasoning_content':'','reasoning':'b','reasoning_details':[{'text':'c'}] | b",
                "'reasoning':null,'reasoning_details':[{'type':'reasoning.summary','summary':'c'},"
                        + "{'type':'reasoning.encrypted','data':'z','text':'z'}] | c"
            })
    void takesThinkingFromOneSourceOnly(String members, String thinking) {
        JsonNode content = chatMessageToMessages("{'content':null," + members + "}", "'stop'")
                .path("content");

        assertThat(content).hasSize(1);
        assertThat(content.path(0).path("thinking").asText()).isEqualTo(thinking);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'{\\\"a\\\":1}' | {'a':1}",
                "' ' | {}",
                "null | {}",
                "{'a':1.10} | {'a':1.10}",
                "'\\\"{\\\\\\\"a\\\\\\\":1}\\\"' | {'a':1}",
                "'\\\"text\\\"' | {'_raw_arguments':'\\\"text\\\"'}",
                "'[1]' | {'_raw_arguments':'[1]'}",
                "[1] | {'_raw_arguments':'[1]'}",
                "'{\\\"a\\\":1}{\\\"b\\\":2}' | {'_raw_arguments':'{\\\"a\\\":1}{\\\"b\\\":2}'}",
                "'{\\\"a\\\":' | {'_raw_arguments':'{\\\"a\\\":'}",
                "true | {'_raw_arguments':'true'}"
            })
    void makesAnObjectOfWhateverTheArgumentsAre(String arguments, String input) {
        JsonNode call = chatMessageToMessages(
                        "{'tool_calls':[{'id':'c','function':{'name':'f','arguments':" + arguments + "}}]}", "'stop'")
                .path("content")
                .path(0);

        assertThat(call.path("input")).isEqualTo(json(input));
    }

    @Test
    void skipsCallsWithoutANameAndGivesIdsOnlyOnce() {
        JsonNode message = chatMessageToMessages(
                "{'content':'x','tool_calls':[{'id':'a','function':{'arguments':'{}'}},{'id':'b','function':{'name':'f'}},"
                        + "{'id':'b','function':{'name':'g'}}]}",
                "'tool_calls'");

        assertThat(message.path("content")).hasSize(3);
        assertThat(message.path("content").path(1).path("id").asText()).isEqualTo("b");
        assertThat(message.path("content").path(2).path("id").asText()).matches("toolu_[A-Za-z0-9]{24}");
        assertThat(chatMessageToMessages("{'content':'x','tool_calls':[{'function':{}}]}", "'tool_calls'")
                        .path("stop_reason")
                        .asText())
                .isEqualTo("end_turn");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "length | `` | f | max_tokens",
                "content_filter | x | f | refusal",
                "null | x | f | tool_use",
                "eos | x | f | tool_use",
                "eos | x | `` | end_turn",
                "`` | x | `` | end_turn",
                "function_call | x | `` | end_turn"
            })
    void saysWhyItStopped(String finish, String text, String call, String reason) {
        String calls = call.isEmpty() ? "[]" : "[{'id':'c','function':{'name':'f'}}]";

        assertThat(chatMessageToMessages("{'content':'" + text + "','tool_calls':" + calls + "}", quoted(finish))
                        .path("stop_reason")
                        .asText())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stop' | 'stop_reason':'END' | stop_sequence",
                "null | 'matched_stop':'END' | stop_sequence",
                "'stop' | 'stop_reason':'other','matched_stop':'END' | stop_sequence",
                "'stop' | 'stop_reason':'</s>' | end_turn",
                "'eos' | 'stop_reason':'END' | end_turn"
            })
    void recognisesAStopSequenceThatWasAskedFor(String finish, String members, String reason) {
        JsonNode message = chatAnswerToMessages(
                "{'choices':[{'message':{'content':'x'},'finish_reason':" + finish + "," + members + "}]}",
                "{'messages':[],'stop_sequences':['END']}");

        assertThat(message.path("stop_reason").asText()).isEqualTo(reason);
        assertThat(message.path("stop_sequence").asText("")).isEqualTo(reason.equals("stop_sequence") ? "END" : "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'prompt_tokens':100,'completion_tokens':5,'prompt_cache_hit_tokens':60} | 40 | 60 | 0 | 5",
                "{'prompt_tokens':100,'completion_tokens':5,'cached_tokens':10} | 90 | 10 | 0 | 5",
                "{'prompt_tokens':100,'completion_tokens':5,'prompt_tokens_details':{'cached_tokens':10,"
                        + "'cache_write_tokens':20}} | 70 | 10 | 20 | 5",
                "{'prompt_tokens':100,'completion_tokens':5,'prompt_tokens_details':{'cached_tokens':10,"
                        + "'cache_write_tokens':5000}} | 90 | 10 | 5000 | 5",
                "{'prompt_tokens':100,'completion_tokens':5,'cache_read_input_tokens':60,'cache_creation_input_tokens':10}"
                        + " | 30 | 60 | 10 | 5",
                "{'input_tokens':100,'output_tokens':5,'input_tokens_details':{'cached_tokens':60}} | 40 | 60 | 0 | 5",
                "{'input_tokens':40,'output_tokens':5,'cache_read_input_tokens':60} | 40 | 60 | 0 | 5",
                "{'prompt_tokens':null,'completion_tokens':5,'prompt_tokens_details':null} | 0 | 0 | 0 | 5",
                "null | 0 | 0 | 0 | 0"
            })
    void keepsTheInputCountsDisjoint(String usage, int input, int read, int written, int output) {
        JsonNode counts = chatAnswerToMessages(
                        "{'choices':[{'message':{'content':'x'}}],'usage':" + usage + "}", "{'messages':[]}")
                .path("usage");

        assertThat(counts)
                .isEqualTo(json("{'input_tokens':" + input + ",'cache_creation_input_tokens':" + written
                        + ",'cache_read_input_tokens':" + read + ",'output_tokens':" + output + "}"));
    }

    /** OpenAI counts it in the answer, xAI and gateways to Gemini beside it (vercel/ai#12425, CLIProxyAPI#5733). */
    @ParameterizedTest
    @CsvSource({"9, 94, 135, 103", "0, 60, 92, 60", "109, 94, 141, 109", "2, 317, 0, 319"})
    void countsThinkingOnceWhereverItIsCounted(int answer, int thinking, int total, int output) {
        JsonNode counts = chatAnswerToMessages(
                        "{'choices':[{'message':{'content':'x'}}],'usage':{'prompt_tokens':32,'completion_tokens':"
                                + answer
                                + ",'total_tokens':" + total + ",'completion_tokens_details':{'reasoning_tokens':"
                                + thinking
                                + "}}}",
                        "{'messages':[]}")
                .path("usage");

        assertThat(counts.path("output_tokens").asInt()).isEqualTo(output);
        assertThat(counts.at("/output_tokens_details/thinking_tokens").asInt()).isEqualTo(thinking);
    }

    @Test
    void estimatesMissingUsageWhereAskedTo() {
        AnswerCollector answer = new AnswerCollector();
        ChatRequest request = ChatRequest.builder("m").system("x".repeat(400)).build();

        new ChatDialect()
                .decode(
                        request,
                        Quirks.none().with("estimateUsage", true),
                        json("{'choices':[{'message':{'content':'" + "y".repeat(400) + "'}}]}"),
                        answer);

        assertThat(answer.usage().inputTokens()).hasValue(100);
        assertThat(answer.usage().outputTokens().orElse(0)).isBetween(100L, 110L);
    }

    /** 0: the upstream names no status but that of its success. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'error':{'message':'slow down','code':429}} | 429 | slow down",
                "{'error':'words'} | 0 | words",
                "{'choices':[{'finish_reason':'error','message':{'content':'x'},'error':{'code':503,'message':'gone'}}]}"
                        + " | 503 | gone",
                "{'error':{'message':'m','code':400},'choices':[{'finish_reason':'error','message':{}}]} | 400 | m",
                "{'choices':null} | 0 | upstream answered without any choice: {\"choices\":null}",
                "{'code':500,'msg':'404 NOT_FOUND','success':false} | 500 | 404 NOT_FOUND",
                "{'choices':null,'base_resp':{'status_code':1002,'status_msg':'slow'}} | 429 | slow",
                "{'choices':[],'base_resp':{'status_code':1004,'status_msg':'key'}} | 401 | key",
                "{'base_resp':{'status_code':1008,'status_msg':'insufficient balance'}} | 402 | insufficient balance",
                "{'timestamp':1,'status':404,'error':'Not Found','path':'/v4'} | 0 | Not Found (/v4)",
                "{'errors':[{'message':'a'},{'message':'b'}]} | 0 | a; b",
                "{'detail':'d'} | 0 | d",
                "{'choices':[{'finish_reason':'network_error','message':{'content':'x'}}]}"
                        + " | 0 | upstream ended its answer with 'network_error', without a message",
                "[] | 0 | upstream answered without any choice"
            })
    void reportsErrorsInsideAnAnswer(String body, int status, String message) {
        assertThatThrownBy(() -> new ChatDialect()
                        .decode(ChatRequest.builder("m").build(), Quirks.none(), array(body), new AnswerCollector()))
                .isInstanceOf(ProviderException.class)
                .hasMessage(message)
                .extracting(failure -> ((ProviderException) failure).status().orElse(0))
                .isEqualTo(status);
    }

    @Test
    void reportsAnAnswerThatIsNotJson() {
        byte[] html = "<html>".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> new ChatDialect()
                        .decode(ChatRequest.builder("m").build(), Quirks.none(), html, new AnswerCollector()))
                .isInstanceOf(ProviderException.class)
                .hasMessage("upstream answered with a web page instead of JSON");
    }

    @Test
    void showsATextThatIsNotJsonAndReadsNaNAsNull() {
        AnswerCollector answer = new AnswerCollector();
        byte[] python =
                "{\"choices\":[{\"message\":{\"content\":\"ok\"},\"logprob\":NaN,\"finish_reason\":\"stop\"}],\"x\":-Infinity}"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] words = "busy, come back".getBytes(StandardCharsets.UTF_8);
        ChatRequest request = ChatRequest.builder("m").build();

        new ChatDialect().decode(request, Quirks.none(), python, answer);

        assertThat(answer.content()).containsExactly(ContentBlock.text("ok"));
        assertThatThrownBy(() -> new ChatDialect().decode(request, Quirks.none(), words, answer))
                .hasMessage("upstream answered with a body that is not JSON: busy, come back");
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_TOKENS, max_tokens",
        "model_length, max_tokens",
        "model_context_window_exceeded, model_context_window_exceeded",
        "SAFETY, refusal",
        "sensitive, refusal",
        "STOP, end_turn",
        "eos, end_turn"
    })
    void understandsFinishReasonsOfOthers(String word, String reason) {
        assertThat(chatMessageToMessages("{'content':'a'}", quoted(word))
                        .path("stop_reason")
                        .asText())
                .isEqualTo(reason);
    }

    @Test
    void takesACallOnceThatIsThereTwice() {
        String call =
                "{'id':'c','type':'function','function':{'name':'f','arguments':'{\\'a\\':1}'}}".replace("\\'", "\\\"");

        assertThat(chatMessageToMessages("{'tool_calls':[" + call + "," + call + "]}", "'tool_calls'")
                        .path("content")
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'content':'<think>\\nhm</think>\\n\\nHello' | hm | Hello",
                "'content':'hm</think>\\n\\nHello' | hm | Hello",
                "'content':'<think>hm</think>Hello','reasoning_content':'hm' | hm | Hello",
                "'content':'Hello' | `` | Hello",
                "'content':'Hello <think>no</think>','reasoning_content':'hm' | hm | Hello <think>no</think>",
                "'content':'<think>never closed' | never closed | ``"
            })
    void tellsTaggedThinkingFromText(String message, String thinking, String text) {
        AnswerCollector answer = new AnswerCollector();
        new ChatDialect()
                .decode(
                        ChatRequest.builder("m").build(),
                        Quirks.of(Map.of("thinkTags", true)),
                        array("{'choices':[{'message':{" + message + "},'finish_reason':'stop'}]}"),
                        answer);

        assertThat(answer.content().stream()
                        .map(block -> block instanceof ContentBlock.Thinking thought
                                ? "T" + thought.thinking().strip()
                                : ((ContentBlock.Text) block).text())
                        .toList())
                .isEqualTo(Stream.of(thinking.isEmpty() ? "" : "T" + thinking, text)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static String quoted(String finish) {
        return finish.equals("null") ? finish : "'" + finish + "'";
    }

    private static JsonNode array(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
