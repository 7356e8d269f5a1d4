package dev.patchbay.fuzz.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponsesRulesTest {

    private static final String RESPONSE =
            "'id':'resp_1','created_at':1,'model':'m','error':null,'incomplete_details':null";
    private static final String CREATED =
            "'type':'response.created','response':{" + RESPONSE + ",'status':'in_progress','output':[],'usage':null}";
    private static final String MESSAGE = "{'type':'message','id':'msg_1','role':'assistant','content':[{'type':"
            + "'output_text','text':'Hi','annotations':[]}],'status':'completed'}";
    private static final String CALL =
            "{'type':'function_call','id':'fc_1','call_id':'t','name':'Read','arguments':'{}','status':'completed'}";
    private static final String USAGE =
            "{'input_tokens':1,'input_tokens_details':{'cached_tokens':0},'output_tokens':2,"
                    + "'output_tokens_details':{'reasoning_tokens':0},'total_tokens':3}";
    private static final List<String> TEXT = List.of(
            "'type':'response.output_item.added','output_index':0,'item':{'type':'message','id':'msg_1','status':'in_progress'}",
            part("content_part.added", 0, "msg_1", "'part':{'type':'output_text','text':''}"),
            part("output_text.delta", 0, "msg_1", "'delta':'H'"),
            part("output_text.delta", 0, "msg_1", "'delta':'i'"),
            part("output_text.done", 0, "msg_1", "'text':'Hi'"),
            part("content_part.done", 0, "msg_1", "'part':{'type':'output_text','text':'Hi'}"),
            "'type':'response.output_item.done','output_index':0,'item':" + MESSAGE);
    private static final List<String> CALLING = List.of(
            "'type':'response.output_item.added','output_index':1,'item':{'type':'function_call','id':'fc_1','status':'in_progress'}",
            part("function_call_arguments.done", 1, "fc_1", "'name':'Read','arguments':'{}'"),
            "'type':'response.output_item.done','output_index':1,'item':" + CALL);
    private static final String COMPLETED = "'type':'response.completed','response':{" + RESPONSE
            + ",'status':'completed','output':[" + MESSAGE + "," + CALL + "],'usage':" + USAGE + "}";
    private static final String FAILED = "'type':'response.failed','response':{"
            + RESPONSE.replace("'error':null", "'error':{'code':'server_error','message':'broken'}")
            + ",'status':'failed','output':[],'usage':null}";

    private static final String ERROR =
            "'type':'error','error':{'type':'server_error','code':'server_error','message':'broken','param':null}";

    @Test
    void acceptsWholeStreamsAndFailuresAtAnyPoint() {
        assertThat(ResponsesRules.violations(good())).isEmpty();
        assertThat(ResponsesRules.violations(stream(List.of(CREATED, FAILED)))).isEmpty();
        assertThat(ResponsesRules.violations(stream(List.of(CREATED, TEXT.get(0), TEXT.get(1), TEXT.get(2), FAILED))))
                .isEmpty();
        String cut = FAILED.replace(
                "'output':[]",
                "'output':[" + MESSAGE.replace("'text':'Hi'", "'text':'H'").replace("'completed'", "'incomplete'")
                        + "]");
        assertThat(ResponsesRules.violations(
                        stream(List.of(CREATED, TEXT.get(0), TEXT.get(1), TEXT.get(2), cut, ERROR))))
                .isEmpty();
    }

    @Test
    void refusesStreamsInAnyOtherOrder() {
        assertThat(ResponsesRules.violations("")).contains("no response.completed, .incomplete or .failed");
        assertThat(violations(FAILED)).contains("response.created is not the first");
        assertThat(violations(CREATED, CREATED, FAILED)).contains("response.created is not the first");
        assertThat(violations(CREATED, FAILED, FAILED)).contains("something after the end");
        assertThat(violations(CREATED, FAILED, ERROR, ERROR)).contains("something after the end");
        assertThat(violations(CREATED, ERROR)).contains("another output_index");
        assertThat(violations(CREATED, TEXT.get(0), TEXT.get(0), FAILED)).contains("an item while another is open");
        assertThat(violations(CREATED, TEXT.get(2), FAILED)).contains("no item is open");
        assertThat(violations(CREATED, CALLING.get(0), FAILED)).contains("another output_index");
        assertThat(violations(CREATED, TEXT.get(0), TEXT.get(6), FAILED)).contains("not the steps of such an item");
        assertThat(violations(CREATED, COMPLETED)).contains("the output is not what was sent");
        assertThat(violations(CREATED, TEXT.get(0), COMPLETED)).contains("the end while an item is open");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "event: response.completed | event: response.done     | the event line is not the type",
                "\"sequence_number\":3       | \"sequence_number\":2      | not the next sequence_number",
                "\"item_id\":\"msg_1\"         | \"item_id\":\"msg_2\"        | another item_id",
                "\"delta\":\"i\"               | \"delta\":\"o\"              | not the text of the deltas",
                "\"text\":\"Hi\",\"annotations\" | \"text\":\"Ho\",\"annotations\" | not the text of the deltas",
                "\"arguments\":\"{}\"          | \"arguments\":\"\"           | not the text of the deltas",
                "\"status\":\"completed\",\"output\" | \"status\":\"done\",\"output\"   | the status does not fit",
                "\"resp_1\"                  | \"\"                       | id is no text",
                "\"cached_tokens\":0         | \"cached_tokens\":-1       | cached_tokens is no count",
                "\"total_tokens\":3          | \"total_tokens\":null      | total_tokens is no count",
                "\"id\":\"fc_1\",\"call_id\"     | \"id\":\"fc_2\",\"call_id\"    | the end of another item"
            })
    void refusesEventsThatAreNotAsTheyMustBe(String good, String bad, String violation) {
        assertThat(good()).contains(good);
        assertThat(ResponsesRules.violations(good().replace(good, bad)).toString())
                .contains(violation);
    }

    private static String good() {
        List<String> events = new ArrayList<>(List.of(CREATED));
        events.addAll(TEXT);
        events.addAll(CALLING);
        events.add(COMPLETED);
        return stream(events);
    }

    private static String violations(String... events) {
        return ResponsesRules.violations(stream(List.of(events))).toString();
    }

    private static String stream(List<String> events) {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            String json = ("{'sequence_number':" + i + "," + events.get(i) + "}").replace('\'', '"');
            String type = Json.parse(json).path("type").asText();
            stream.append(Streams.named(type, json));
        }
        return stream.toString();
    }

    private static String part(String step, int index, String item, String more) {
        return "'type':'response." + step + "','output_index':" + index + ",'item_id':'" + item + "'," + more;
    }
}
