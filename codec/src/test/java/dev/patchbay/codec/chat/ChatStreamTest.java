package dev.patchbay.codec.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S2 to S15, where no vector looks. */
class ChatStreamTest {

    private final List<ChatEvent> events = new ArrayList<>();
    private final AnswerCollector answer = new AnswerCollector();
    private ChatStreamDecoder decoder = decoder(ChatRequest.builder("m").build(), Quirks.none());

    @Test
    void emitsNothingBeforeThereIsSomethingToSay() {
        chunk("{'id':'c1','model':'up','choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}");
        assertThat(events).isEmpty();

        delta("{'content':'a'}");

        assertThat(events).startsWith(ChatEvent.started("c1", "up", Usage.unknown()));
        assertThat(events).last().isEqualTo(ChatEvent.textDelta(0, "a"));
    }

    @Test
    void looksAtTheFirstChoiceOnly() {
        chunk("{'choices':[{'index':1,'delta':{'content':'no'}},{'index':0,'delta':{'content':'yes'}}]}");
        chunk("{'choices':[{'index':1,'delta':{'content':'no'},'finish_reason':'length'}]}");
        finish("stop");

        assertThat(texts()).containsExactly("yes");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'choices':null}",
                "{'choices':[]}",
                "{'choices':[{'delta':null}]}",
                "{'choices':[{'delta':{'content':null,'tool_calls':null,'reasoning':''}}]}",
                "5",
                "'text'",
                "[]",
                "null",
                "{'object':'ping'}"
            })
    void takesNothingForNothing(String chunk) {
        delta("{'content':'a'}");
        int before = events.size();

        chunk(chunk);

        assertThat(events).hasSize(before);
    }

    @Test
    void opensANewThinkingBlockForThinkingAfterText() {
        delta("{'reasoning':'a'}");
        delta("{'content':'b'}");
        delta("{'reasoning':'c'}");
        finish("stop");

        assertThat(answer.content())
                .containsExactly(
                        ContentBlock.thinking("a", ""), ContentBlock.text("b"), ContentBlock.thinking("c", ""));
    }

    @Test
    void showsARefusalAsText() {
        delta("{'refusal':'I '}");
        delta("{'refusal':'will not.'}");
        finish("stop");

        assertThat(texts()).containsExactly("I will not.");
        assertThat(answer.stopReason()).contains(StopReason.REFUSAL);
    }

    @Test
    void findsTheCallByIdWhereTheIndexChangesItsMeaning() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{'}");
        call("'index':0,'id':'b','function':{'name':'B','arguments':'{'}");
        call("'index':0,'id':'a','function':{'arguments':'}'}");
        call("'index':0,'function':{'arguments':' '}");
        call("'id':'b','function':{'arguments':'}'}");
        finish("tool_calls");

        assertThat(calls()).containsExactly("a A {}", "b B {}");
    }

    @Test
    void beginsANewCallWhereAServerStartsAgainAtIndexZero() {
        call("'index':0,'function':{'name':'A','arguments':'{}'}");
        call("'index':0,'function':{'name':'B','arguments':'{\\'x\\':1}'}");
        finish("tool_calls");

        assertThat(calls()).hasSize(2);
        assertThat(calls().get(1)).endsWith(" B {\"x\":1}");
    }

    @Test
    void ignoresRepeatedHeadersOfACompleteCall() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{}'}");
        call("'index':0,'id':'a','function':{'name':'A','arguments':''}");
        call("'index':0,'function':{'name':'A'}");
        finish("tool_calls");

        assertThat(calls()).containsExactly("a A {}");
    }

    @Test
    void givesTwoCallsOfOneIdDifferentIds() {
        call("'index':0,'id':'x','function':{'name':'A','arguments':'{}'}");
        call("'index':1,'id':'x','function':{'name':'B','arguments':'{'}");
        call("'index':1,'id':'x','function':{'arguments':'}'}");
        finish("tool_calls");

        assertThat(calls()).hasSize(2).element(0).isEqualTo("x A {}");
        assertThat(calls().get(1)).matches("toolu_[A-Za-z0-9]{24} B \\{\\}");
    }

    @Test
    void namesTheLastCallThatHasNoName() {
        call("'id':'a','function':{'arguments':'{'}");
        call("'function':{'name':'A','arguments':'}'}");
        finish("stop");

        assertThat(calls()).containsExactly("a A {}");
    }

    @Test
    void ignoresArgumentsThatBelongToNoCall() {
        call("'function':{'arguments':'{}'}");
        finish("tool_calls");

        assertThat(calls()).isEmpty();
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void dropsACallThatIsNeverNamed() {
        call("'index':0,'id':'a','function':{'arguments':'{}'}");
        delta("{'content':'after'}");
        finish("tool_calls");

        assertThat(calls()).isEmpty();
        assertThat(texts()).containsExactly("after");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void opensANamedCallWithoutIdOnceSomethingFollows() {
        call("'index':0,'function':{'name':'A'}");
        assertThat(events).isEmpty();

        delta("{'content':'after'}");

        assertThat(events).filteredOn(ChatEvent.BlockStarted.class::isInstance).hasSize(1);
        assertThat(texts()).isEmpty();
        finish("stop");
        assertThat(texts()).containsExactly("after");
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
    }

    @Test
    void takesArgumentsThatAreAnObjectAlready() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':{'x':[1,2]}}");
        finish("stop");

        assertThat(calls()).containsExactly("a A {\"x\":[1,2]}");
    }

    @Test
    void passesTheHeadsArgumentsOnAtOnceAndHoldsTheOthersBack() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{'}");
        call("'index':1,'id':'b','function':{'name':'B','arguments':'{\\'y\\':2}'}");
        assertThat(events).last().isEqualTo(ChatEvent.inputDelta(0, "{"));

        call("'index':0,'function':{'arguments':'\\'x\\':\\'}{\\''}");
        assertThat(events).last().isEqualTo(ChatEvent.inputDelta(0, "\"x\":\"}{\""));

        call("'index':0,'function':{'arguments':'}'}");

        assertThat(events)
                .endsWith(
                        ChatEvent.inputDelta(0, "}"),
                        ChatEvent.blockStopped(0),
                        ChatEvent.blockStarted(1, ContentBlock.toolUse("b", "B", Map.of())),
                        ChatEvent.inputDelta(1, "{\"y\":2}"));
    }

    @Test
    void sendsNothingForACallThatIsClosed() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{}'}");
        delta("{'content':'t'}");
        int before = events.size();

        call("'index':0,'function':{'arguments':' '}");

        assertThat(events).hasSize(before);
    }

    @Test
    void restoresShortenedToolNames() {
        decoder = decoder(
                ChatRequest.builder("m").tool(Tool.of("fs.read", "", Map.of())).build(), Quirks.none());
        String sent =
                ToolNames.of(List.of(Tool.of("fs.read", "", Map.of())), 64).sent("fs.read");

        call("'index':0,'id':'a','function':{'name':'" + sent + "','arguments':'{}'}");
        finish("tool_calls");

        assertThat(calls()).containsExactly("a fs.read {}");
    }

    @Test
    void keepsHalvesOfACharacterTogether() {
        line("{\"choices\":[{\"delta\":{\"content\":\"a\\ud83d\"}}]}");
        assertThat(texts()).containsExactly("a");
        line("{\"choices\":[{\"delta\":{\"content\":\"\\ude80b\"}}]}");

        assertThat(texts()).containsExactly("a🚀b");
    }

    @Test
    void countsTheLastUsage() {
        chunk("{'choices':[{'delta':{'content':'a'}}],'usage':{'prompt_tokens':1,'completion_tokens':1}}");
        chunk("{'choices':[{'delta':{}}],'usage':{'prompt_tokens':9,'completion_tokens':2}}");
        chunk("{'choices':[],'usage':null}");
        finish("stop");

        assertThat(answer.usage().inputTokens()).hasValue(9);
        assertThat(answer.usage().outputTokens()).hasValue(2);
    }

    @Test
    void findsUsageInsideTheChoice() {
        chunk("{'choices':[{'delta':{'content':['a']},'usage':{'prompt_tokens':4,'completion_tokens':2}}]}");
        finish("stop");

        assertThat(texts()).containsExactly("a");
        assertThat(answer.usage().inputTokens()).hasValue(4);
    }

    @Test
    void estimatesMissingUsageWhereAskedTo() {
        decoder = decoder(
                ChatRequest.builder("m").system("x".repeat(400)).build(),
                Quirks.none().with("estimateUsage", true));

        delta("{'content':'" + "y".repeat(80) + "'}");
        finish("stop");

        assertThat(answer.usage().inputTokens()).hasValue(100);
        assertThat(answer.usage().outputTokens()).hasValue(20);
    }

    @Test
    void endsAtTheMarkerAndHearsNothingAfterIt() {
        delta("{'content':'a'}");
        decoder.line("data: [DONE]");
        decoder.line("");
        assertThat(decoder.isDone()).isTrue();
        int before = events.size();

        delta("{'content':'b'}");
        decoder.end(false);

        assertThat(events).hasSize(before).last().isEqualTo(ChatEvent.stopped());
    }

    @Test
    void takesWholeArgumentsForAnAnswerWithoutAFinish() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{}'}");
        call("'index':1,'id':'b','function':{'name':'B'}");
        decoder.line("data: [DONE]");
        decoder.line("");

        assertThat(calls()).containsExactly("a A {}", "b B {}");
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "{\"usage\":{\"prompt_tokens\":1}}"})
    void failsWithoutAnyAnswer(String data) {
        assertThatThrownBy(() -> {
                    line(data);
                    decoder.end(true);
                })
                .isInstanceOf(ProviderException.class);
        assertThat(decoder.isDone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"late\"}",
                "{\"error\":{\"message\":\"late\"}}",
                "not json",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}"
            })
    void ignoresErrorsAfterTheFinish(String data) {
        delta("{'content':'a'}");
        chunk("{'choices':[{'delta':{},'finish_reason':'stop'}]}");
        line(data);
        chunk("{'choices':[],'usage':{'prompt_tokens':3,'completion_tokens':1}}");
        decoder.end(false);

        assertThat(events).last().isEqualTo(ChatEvent.stopped());
        assertThat(answer.usage().inputTokens()).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"broken\"}",
                "{\"error\":{\"message\":\"broken\"},\"choices\":[{\"delta\":{\"content\":\"x\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"error\",\"error\":{\"message\":\"broken\"}}]}",
                "{\"object\":\"error\",\"message\":\"broken\",\"code\":500}",
                "[{\"error\":{\"message\":\"broken\"}}]"
            })
    void failsAtAnErrorOfAnyShape(String data) {
        delta("{'content':'a'}");

        assertThatThrownBy(() -> line(data))
                .isInstanceOf(ProviderException.class)
                .hasMessage("broken");

        assertThat(texts()).containsExactly("a");
        line("[DONE]");
        assertThat(events).noneMatch(ChatEvent.Finishing.class::isInstance);
    }

    @Test
    void failsAtAnErrorEventWhateverItsData() {
        delta("{'content':'a'}");
        decoder.line("event: error");
        decoder.line("data: worker died");

        assertThatThrownBy(() -> decoder.line(""))
                .isInstanceOf(ProviderException.class)
                .hasMessage("worker died");
    }

    @Test
    void keepsArgumentsThatAreNotJsonAsTheyCame() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{oops'}");
        finish("tool_calls");

        assertThat(events).contains(ChatEvent.inputDelta(0, "{oops"));
        assertThat(answer.content()).containsExactly(ContentBlock.toolUse("a", "A", Map.of("_raw_arguments", "{oops")));
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
    }

    @Test
    void takesArgumentsOnceThatAreSentAgain() {
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{\\'path\\':'}");
        call("'index':0,'function':{'arguments':'{\\'path\\':1}'}");
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{\\'path\\':1}'}");
        call("'index':1,'id':'a','function':{'name':'A','arguments':'{\\'path\\':1}'}");
        call("'id':'a','function':{'name':'A','arguments':'{\\'path\\':1}'}");
        finish("tool_calls");

        assertThat(calls()).containsExactly("a A {\"path\":1}");
    }

    @Test
    void keepsOpenRoutersRecordOfTheThinkingForTheFirstCall() {
        delta("{'reasoning':'h','reasoning_details':[{'type':'reasoning.text','text':'h','index':0}]}");
        delta("{'reasoning':'m','reasoning_details':[{'type':'reasoning.text','text':'m','index':0,'signature':'s'}]}");
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{}'}");
        call("'index':1,'id':'b','function':{'name':'A','arguments':'{}'}");
        delta("{'reasoning_details':[{'type':'reasoning.encrypted','data':'zz','index':1}]}");
        finish("tool_calls");

        List<ContentBlock> content = answer.content();
        JsonNode sent = new ChatDialect()
                .encode(
                        ChatRequest.builder("m")
                                .message(new ChatMessage(ChatMessage.Role.ASSISTANT, content))
                                .build(),
                        Quirks.of(Map.of("reasoningReplay", "tool_turns", "reasoningField", "reasoning")))
                .at("/messages/0");

        assertThat(sent.path("reasoning_details").toString())
                .isEqualTo("[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"index\":0,\"signature\":\"s\"},"
                        + "{\"type\":\"reasoning.encrypted\",\"data\":\"zz\",\"index\":1}]");
        assertThat(sent.has("reasoning")).isFalse();
        assertThat(((ContentBlock.ToolUse) content.get(2)).more()).isEmpty();
    }

    @Test
    void failsWhereTheFinishSaysThatTheAnswerBrokeOff() {
        delta("{'content':'half'}");

        assertThatThrownBy(() -> finish("insufficient_system_resource"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("insufficient_system_resource");
        assertThat(answer.stopReason()).isEmpty();
    }

    @Test
    void isWholeOnceAFinishWasSeen() {
        delta("{'content':'a'}");
        assertThat(decoder.isWhole()).isFalse();

        chunk("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");

        assertThat(decoder.isWhole()).isTrue();
        assertThat(decoder.isDone()).isFalse();
    }

    /** S9: servers that say "stop" with every chunk (su-kaka/gcli2api#403). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNotWholeWhereMoreCameBehindTheFinish(boolean clean) {
        chunk("{'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':'stop'}]}");
        chunk("{'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':'stop'}]}");
        assertThat(decoder.isWhole()).isFalse();

        if (clean) {
            decoder.end(true);
            assertThat(answer.content()).containsExactly(ContentBlock.text("ab"));
        } else {
            assertThatThrownBy(() -> decoder.end(false)).hasMessageContaining("before completion");
        }
    }

    @Test
    void isWholeAtAFinishOfItsOwnBehindHastyOnes() {
        chunk("{'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':'stop'}]}");
        chunk("{'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':'stop'}]}");
        finish("stop");

        assertThat(decoder.isWhole()).isTrue();
    }

    /** S9: a "stop" in the first chunk, before a model that thinks has said a word (open-webui#23921). */
    @Test
    void isNotWholeAtAStopBeforeAnyAnswer() {
        chunk("{'choices':[{'index':0,'delta':{'content':''},'finish_reason':'stop'}]}");
        assertThat(decoder.isWhole()).isFalse();
        delta("{'reasoning_content':'hm'}");
        delta("{'content':'a'}");
        assertThat(decoder.isWhole()).isFalse();
    }

    @Test
    void endsAtTheLineEndOfTheMarker() {
        delta("{'content':'a'}");
        decoder.line("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        decoder.line("data: [DONE]");

        assertThat(decoder.isDone()).isTrue();
        assertThat(texts()).containsExactly("a");
    }

    @Test
    void readsNaNAsNull() {
        line(
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":NaN}],\"usage\":{\"prompt_tokens\":Infinity}}");
        finish("stop");

        assertThat(texts()).containsExactly("a");
        assertThat(answer.usage().inputTokens()).isEmpty();
    }

    @Test
    void reportsErrorsOfShapesThatOnlyOneVendorHas() {
        assertThatThrownBy(() -> chunk("{'base_resp':{'status_code':1002,'status_msg':'slow'}}"))
                .hasMessage("slow")
                .extracting(failure -> ((ProviderException) failure).status().orElse(0))
                .isEqualTo(429);
    }

    @Test
    void refusesAnEventThatIsTooLongToHold() {
        byte[] piece = "data: xxxxxxxxxxxxxxxx".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        decoder.feed(piece);
                    }
                })
                .hasMessage("upstream event is longer than 16 MiB");
        assertThat(decoder.isDone()).isTrue();
    }

    @Test
    void tellsTaggedThinkingFromTextWhereverTheTagsAreCut() {
        decoder = decoder(ChatRequest.builder("m").build(), Quirks.of(Map.of("thinkTags", true)));
        for (String piece : List.of(" ", "<th", "ink>a <", "b</thi", "nk>", "\\n", "\\nHel", "lo <think>")) {
            delta("{'content':'" + piece + "'}");
        }
        finish("stop");

        assertThat(answer.content())
                .containsExactly(ContentBlock.thinking("a <b", ""), ContentBlock.text("Hello <think>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<thinking>h,m</think,ing>a <think>b</think> | hm | a <think>b</think>",
                "<tho,ught>hm</thought>a | hm | a",
                "hm</thinking>a | hm | a",
                "<think-tank>a | '' | <think-tank>a",
                "<think>,' ',</think>a | '' | a",
            })
    void knowsTheNamesOfTheTagAndThatABlankOneIsNoThought(String pieces, String thinking, String text) {
        decoder = decoder(ChatRequest.builder("m").build(), Quirks.of(Map.of("thinkTags", true)));
        for (String piece : pieces.split(",")) {
            delta("{'content':'" + piece.replace("'", "") + "'}");
        }
        finish("stop");

        List<ContentBlock> expected = new ArrayList<>(List.of(ContentBlock.text(text)));
        if (!thinking.isEmpty()) {
            expected.add(0, ContentBlock.thinking(thinking, ""));
        }
        assertThat(answer.content()).isEqualTo(expected);
    }

    @Test
    void holdsTextThatMayBeThinkingUntilTheTagACallOrTheEnd() {
        Quirks quirks = Quirks.of(Map.of("thinkTags", true));
        decoder = decoder(ChatRequest.builder("m").build(), quirks);
        delta("{'content':'hm'}");
        assertThat(events).isEmpty();
        delta("{'content':'</think>Hi'}");
        assertThat(texts()).containsExactly("Hi");

        events.clear();
        decoder = decoder(ChatRequest.builder("m").build(), quirks);
        delta("{'content':'let me see'}");
        call("'index':0,'id':'a','function':{'name':'A','arguments':'{}'}");
        finish("tool_calls");

        assertThat(events).anyMatch(event -> event.equals(ChatEvent.textDelta(0, "let me see")));
    }

    @Test
    void holdsNoMoreThanSixtyFourKibibytes() {
        decoder = decoder(ChatRequest.builder("m").build(), Quirks.of(Map.of("thinkTags", true)));
        for (int i = 0; i < 70; i++) {
            delta("{'content':'" + "x".repeat(1024) + "'}");
        }

        assertThat(texts()).singleElement().satisfies(text -> assertThat(text).hasSize(70 * 1024));
    }

    private ChatStreamDecoder decoder(ChatRequest request, Quirks quirks) {
        return new ChatStreamDecoder(request, quirks, event -> {
            events.add(event);
            answer.accept(event);
        });
    }

    private void call(String members) {
        delta("{'tool_calls':[{" + members.replace("\\'", "\\\"") + "}]}");
    }

    private void delta(String delta) {
        chunk("{'choices':[{'index':0,'delta':" + delta + "}]}");
    }

    private void finish(String reason) {
        chunk("{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}");
        decoder.end(true);
    }

    private void chunk(String chunk) {
        line(chunk.replace('\'', '"'));
    }

    private void line(String data) {
        decoder.line("data: " + data);
        decoder.line("");
    }

    private List<String> texts() {
        return answer.content().stream()
                .filter(ContentBlock.Text.class::isInstance)
                .map(block -> ((ContentBlock.Text) block).text())
                .toList();
    }

    private List<String> calls() {
        return answer.content().stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(block -> (ContentBlock.ToolUse) block)
                .map(call -> call.id() + " " + call.name() + " " + Json.text(JsonValues.toObject(call.input())))
                .toList();
    }
}
