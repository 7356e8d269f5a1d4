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
    private final MessagesStreamDecoder decoder = new MessagesStreamDecoder(event -> {
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

        assertThat(answer.content().get(0)).isEqualTo(new ContentBlock.Thinking("hm", "sig"));
        assertThat(answer.content().get(1)).isEqualTo(new ContentBlock.RedactedThinking("zz"));
        assertThat(answer.content().get(2)).isInstanceOf(ContentBlock.Other.class);
        assertThat(answer.content().get(3)).isEqualTo(new ContentBlock.Text("Hello"));
        assertThat(answer.content().get(4)).isEqualTo(new ContentBlock.ToolUse("t", "f", Map.of("a", 1)));
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(answer.usage().inputTokens()).hasValue(5);
        assertThat(answer.usage().cacheReadTokens()).hasValue(3);
        assertThat(answer.usage().outputTokens()).hasValue(9);
        assertThat(answer.usage().thinkingTokens()).hasValue(4);
        assertThat(answer.id()).contains("msg_1");
        assertThat(decoder.isDone()).isTrue();
    }

    @Test
    void putsBlocksInOrderWhateverTheirNumbers() {
        event(START);
        event("{'type':'content_block_start','index':7,'content_block':{'type':'text','text':''}}");
        event("{'type':'content_block_delta','index':3,'delta':{'type':'text_delta','text':'stray'}}");
        event("{'type':'content_block_delta','index':7,'delta':{'type':'input_json_delta','partial_json':'{}'}}");
        event("{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','name':'f'}}");
        event("{'type':'message_stop'}");

        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "Started",
                        "BlockStarted",
                        "BlockStopped",
                        "BlockStarted",
                        "BlockStopped",
                        "Finishing",
                        "Stopped");
        assertThat(((ContentBlock.ToolUse) answer.content().get(1)).id()).startsWith("toolu_");
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
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

        assertThat(answer.content()).containsExactly(new ContentBlock.Text("kept"));
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
    void failsWithoutAStop(boolean clean) {
        event(START);
        event("{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{}}");

        assertThatThrownBy(() -> decoder.end(clean))
                .isInstanceOf(ProviderException.class)
                .hasMessage("upstream stream ended before completion");
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
                        new ContentBlock.Thinking("t", "s"),
                        new ContentBlock.Text("a"),
                        new ContentBlock.ToolUse("i", "f", Map.of("x", 1)));
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
}
