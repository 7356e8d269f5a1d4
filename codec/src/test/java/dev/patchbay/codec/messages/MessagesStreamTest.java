package dev.patchbay.codec.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.Translate;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and answers of Messages upstreams. */
class MessagesStreamTest {

    private static final String START =
            "{'type':'message_start','message':{'id':'msg_1','model':'up','usage':{'input_tokens':5,"
                    + "'cache_read_input_tokens':3,'output_tokens':1}}}";

    private final List<ChatEvent> events = new ArrayList<>();
    private final AnswerCollector answer = new AnswerCollector();
    private final MessagesStreamDecoder decoder =
            new MessagesStreamDecoder(ChatRequest.builder("m").build(), event -> {
                events.add(event);
                answer.accept(event);
            });

    @Test
    void readsBlocksOfEveryKind() {
        event(START);
        event("{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':''}}");
        event("{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'hm'}}");
        event("{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'sig'}}");
        event("{'type':'content_block_stop','index':0}");
        event("{'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking','data':'zz'}}");
        event("{'type':'content_block_stop','index':1}");
        event("{'type':'content_block_start','index':2,'content_block':{'type':'server_tool_use','id':'s','name':'web',"
                + "'input':{}}}");
        event("{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'{}'}}");
        event("{'type':'content_block_stop','index':2}");
        event("{'type':'content_block_start','index':3,'content_block':{'type':'text','text':'Hel'}}");
        event("{'type':'content_block_delta','index':3,'delta':{'type':'citations_delta','citation':{}}}");
        event("{'type':'content_block_delta','index':3,'delta':{'type':'text_delta','text':'lo'}}");
        event("{'type':'content_block_stop','index':3}");
        event("{'type':'content_block_start','index':4,'content_block':{'type':'tool_use','id':'t','name':'f',"
                + "'input':{'a':1}}}");
        event("{'type':'content_block_stop','index':4}");
        event("{'type':'future_event'}");
        event("{'type':'ping'}");
        event("{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null},"
                + "'usage':{'output_tokens':9,'output_tokens_details':{'thinking_tokens':4}}}");
        event("{'type':'message_stop'}");

        assertThat(answer.content().get(0)).isEqualTo(ContentBlock.thinking("hm", "sig"));
        assertThat(answer.content().get(1)).isEqualTo(ContentBlock.redactedThinking("zz"));
        assertThat(answer.content().get(2)).isInstanceOf(ContentBlock.Other.class);
        assertThat(answer.content().get(3)).isEqualTo(ContentBlock.text("Hello"));
        assertThat(answer.content().get(4)).isEqualTo(ContentBlock.toolUse("t", "f", Map.of("a", 1)));
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(answer.usage().inputTokens()).hasValue(5);
        assertThat(answer.usage().cacheReadTokens()).hasValue(3);
        assertThat(answer.usage().outputTokens()).hasValue(9);
        assertThat(answer.usage().thinkingTokens()).hasValue(4);
        assertThat(answer.id()).contains("msg_1");
        assertThat(decoder.isDone()).isTrue();
    }

    @Test
    void keepsCitationsOfATextAndWritesThemAgain() {
        event(START);
        event("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':'','citations':[]}}");
        event("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'so'}}");
        event("{'type':'content_block_delta','index':0,'delta':{'type':'citations_delta','citation':"
                + "{'type':'char_location','cited_text':'x'}}}");
        event("{'type':'content_block_stop','index':0}");

        assertThat(((ContentBlock.Text) answer.content().get(0)).more())
                .containsEntry("citations", List.of(Map.of("type", "char_location", "cited_text", "x")));
        MessagesStreamEncoder encoder = new MessagesStreamEncoder("m");
        assertThat(encoder.encode(events.get(3)))
                .isEqualTo(
                        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                                + "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"char_location\",\"cited_text\":\"x\"}}}\n\n");
    }

    @Test
    void putsBlocksInOrderWhateverTheirNumbers() {
        event(START);
        event("{'type':'content_block_start','index':7,'content_block':{'type':'text','text':''}}");
        event("{'type':'content_block_delta','index':3,'delta':{'type':'text_delta','text':'stray'}}");
        event("{'type':'content_block_delta','index':7,'delta':{'type':'input_json_delta','partial_json':'{}'}}");
        event("{'type':'content_block_delta','index':7,'delta':{'type':'text_delta','text':'said'}}");
        event("{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','name':'f'}}");
        event("{'type':'message_stop'}");

        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "Started",
                        "BlockStarted",
                        "TextDelta",
                        "BlockStopped",
                        "BlockStarted",
                        "BlockStopped",
                        "Finishing",
                        "Stopped");
        assertThat(((ContentBlock.ToolUse) answer.content().get(1)).id()).startsWith("toolu_");
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
    }

    @Test
    void keepsWhatComesBeforeItsTurnThoughMoreLikeItFollows() {
        event(START);
        event("{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t','name':'f'}}");
        event("{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{'}}");
        event("{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}");
        for (String piece : List.of("a", "b", "c")) {
            event("{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'" + piece + "'}}");
        }
        event("{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'}'}}");
        event("{'type':'content_block_stop','index':0}");
        event("{'type':'message_stop'}");

        assertThat(answer.content())
                .containsExactly(ContentBlock.toolUse("t", "f", Map.of()), ContentBlock.text("abc"));
    }

    @Test
    void leavesOutBlocksThatDoNotSayWhatTheyAre() {
        event(START);
        event("{'type':'content_block_start','index':0,'content_block':{'text':''}}");
        event("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'lost'}}");
        event("{'type':'content_block_stop','index':0}");
        event("{'type':'content_block_start','index':1,'content_block':{'type':{},'text':''}}");
        event("{'type':'content_block_start','index':2,'content_block':{'type':'text','text':'kept'}}");
        event("{'type':'message_stop'}");

        assertThat(answer.content()).containsExactly(ContentBlock.text("kept"));
    }

    @Test
    void keepsCountsWithinWhatClientsCanAdd() {
        event(START.replace("5", "-5").replace("3", "1e300"));
        event("{'type':'message_delta','usage':{'output_tokens':9223372036854775807}}");
        event("{'type':'message_stop'}");

        long largest = (1L << 53) - 1;
        assertThat(answer.usage().inputTokens()).hasValue(0);
        assertThat(answer.usage().cacheReadTokens()).hasValue(largest);
        assertThat(answer.usage().outputTokens()).hasValue(largest);
    }

    @Test
    void failsAtAnErrorEvent() {
        event(START);

        assertThatThrownBy(() -> event("{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}"))
                .isInstanceOfSatisfying(ProviderException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
                    assertThat(failure.status()).hasValue(529);
                })
                .hasMessage("Overloaded");
        event("{'type':'message_stop'}");
        assertThat(events).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void completesWithoutAStopOnceItWasSaidWhyItEnded(boolean clean) {
        event(START);
        assertThat(decoder.isWhole()).isFalse();
        event("{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':3}}");
        assertThat(decoder.isWhole()).isTrue();
        event("{'type':'error','error':{'type':'api_error','message':'too late to matter'}}");

        decoder.end(clean);

        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().outputTokens()).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWhereNothingSaysWhyItEnded(boolean clean) {
        event(START);
        event("{'type':'message_delta','delta':{'stop_reason':null},'usage':{}}");

        assertThatThrownBy(() -> decoder.end(clean))
                .isInstanceOf(ProviderException.class)
                .hasMessage("upstream stream ended before completion");
    }

    @Test
    void letsDeltasWinOverTheInputThatABlockBeganWith() {
        event(START);
        event(
                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'f','input':{'x':1}}}");
        event(
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{\\u0022x\\u0022:1}'}}");
        event(
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{\\u0022x\\u0022:1}'}}");
        event("{'type':'content_block_stop','index':0}");
        event(
                "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'b','name':'f','input':{'y':2}}}");
        event("{'type':'content_block_stop','index':1}");
        event("{'type':'message_delta','delta':{'stop_reason':'end_turn'}}");
        event("{'type':'message_stop'}");

        assertThat(answer.content())
                .containsExactly(
                        ContentBlock.toolUse("a", "f", Map.of("x", 1)), ContentBlock.toolUse("b", "f", Map.of("y", 2)));
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
    }

    @Test
    void failsWhereTheReasonSaysThatTheAnswerBrokeOff() {
        event(START);

        assertThatThrownBy(() -> event("{'type':'message_delta','delta':{'stop_reason':'network_error'}}"))
                .isInstanceOf(ProviderException.class);
        assertThat(decoder.isDone()).isTrue();
    }

    @Test
    void collectsTheSourcesOfATextAsTheyCome() {
        event(START);
        event("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':'','citations':[]}}");
        event("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'so'}}");
        event(
                "{'type':'content_block_delta','index':0,'delta':{'type':'citations_delta','citation':{'url':'u','title':'t'}}}");
        event("{'type':'content_block_stop','index':0}");

        assertThat(answer.content())
                .containsExactly(
                        ContentBlock.text("so", Map.of("citations", List.of(Map.of("url", "u", "title", "t")))));
    }

    @Test
    void beginsAClientsStreamWithAnEstimateWhereTheUpstreamIsSilent() {
        assertThat(started(Usage.unknown())).contains("\"input_tokens\":42");
        assertThat(started(Usage.builder().inputTokens(7).build())).contains("\"input_tokens\":7");
        assertThat(new MessagesStreamEncoder("m").encode(ChatEvent.finishing(StopReason.END_TURN, Usage.unknown())))
                .contains("\"input_tokens\":0");
    }

    private static String started(Usage usage) {
        return new MessagesStreamEncoder("m", () -> 42).encode(ChatEvent.started("", "", usage));
    }

    @Test
    void failsAtAStopWithoutAStart() {
        assertThatThrownBy(() -> event("{'type':'message_stop'}")).isInstanceOf(ProviderException.class);
    }

    @Test
    void readsAWholeAnswer() {
        new MessagesDialect()
                .decode(
                        ChatRequest.builder("m").build(),
                        Quirks.none(),
                        Translate.json("{'type':'message','id':'msg_9','content':[{'type':'thinking','thinking':'t',"
                                + "'signature':'s'},{'type':'text','text':'a'},{'type':'tool_use','id':'i','name':'f',"
                                + "'input':{'x':1}}],'stop_reason':'tool_use','usage':{'input_tokens':1}}"),
                        answer);

        assertThat(answer.content())
                .containsExactly(
                        ContentBlock.thinking("t", "s"),
                        ContentBlock.text("a"),
                        ContentBlock.toolUse("i", "f", Map.of("x", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'error','error':{'type':'api_error','message':'m'}}", "{'x':1}"})
    void refusesAnswersThatAreNone(String body) {
        assertThatThrownBy(() -> new MessagesDialect()
                        .decode(ChatRequest.builder("m").build(), Quirks.none(), Translate.json(body), answer))
                .isInstanceOf(ProviderException.class);
        assertThat(answer.content()).isEmpty();
    }

    private void event(String json) {
        decoder.line("data: " + json.replace('\'', '"'));
        decoder.line("");
    }

    /** The wire has no delta for it. */
    @Test
    void sendsAResultWithAllItsPartsWhereItBegins() {
        MessagesStreamEncoder encoder = new MessagesStreamEncoder("m");
        String sent = encoder.encode(ChatEvent.blockStarted(
                        0,
                        ContentBlock.other(
                                "web_search_tool_result",
                                java.util.Map.of("type", "web_search_tool_result", "tool_use_id", "s"))))
                + encoder.encode(ChatEvent.resultDelta(0, java.util.Map.of("type", "web_search_result", "url", "one")))
                + encoder.encode(ChatEvent.resultDelta(0, java.util.Map.of("type", "web_search_result", "url", "two")))
                + encoder.encode(ChatEvent.blockStopped(0));

        assertThat(sent.indexOf("content_block_start")).isLessThan(sent.indexOf("\"one\""));
        assertThat(sent.indexOf("\"one\"")).isLessThan(sent.indexOf("\"two\""));
        assertThat(sent.indexOf("\"two\"")).isLessThan(sent.indexOf("content_block_stop"));
    }
}
