package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.client.EmbeddingRequest;
import dev.patchbay.client.ModelClient;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Tool;
import dev.patchbay.testkit.FakeProvider;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application puts into a request that no JSON can hold is refused by its name, before anything is asked. */
final class RequestValuesTest {

    private static final int TOO_DEEP = 10_000;

    @Test
    void aLaunchRefusesValuesThatAreNestedTooDeep() {
        for (Map<String, Object> value : List.of(nested(TOO_DEEP), insideItself())) {
            refused("outputSchema", launch -> launch.outputSchema(value), "deeper than 400");
            refused("find", launch -> launch.tool(Tool.of("find", "", value)), "deeper than 400");
            refused(
                    "find",
                    launch -> launch.tool(Tool.builder("find").more(value).build()),
                    "deeper than 400");
            refused("logit_bias", launch -> launch.more("logit_bias", value), "deeper than 400");
            refused(
                    "run",
                    launch -> launch.earlierMessages(List.of(new ChatMessage(
                            ChatMessage.Role.ASSISTANT, List.of(ContentBlock.toolUse("c", "run", value))))),
                    "deeper than 400");
            for (ContentBlock block : List.of(
                    ContentBlock.other("x", value),
                    ContentBlock.text("x", value),
                    ContentBlock.thinking("x", "s", value),
                    ContentBlock.image(MediaSource.url("https://h/i.png"), value),
                    ContentBlock.document(MediaSource.plainText("x"), "t", value),
                    ContentBlock.toolResult("c", List.of(ContentBlock.text("x", value))),
                    ContentBlock.searchResult("s", "t", List.of(), value))) {
                refused("content", launch -> launch.content(block), "deeper than 400");
            }
        }
    }

    @Test
    void aLaunchRefusesContentThatIsNestedTooDeep() {
        ContentBlock results = ContentBlock.text("x");
        ContentBlock documents = ContentBlock.text("x");
        for (int i = 0; i < TOO_DEEP; i++) {
            results = ContentBlock.toolResult("c", List.of(results));
            documents = ContentBlock.document(MediaSource.blocks(List.of(documents)), "", Map.of());
        }
        for (ContentBlock block : List.of(results, documents)) {
            refused("content", launch -> launch.content(block), "deeper than 400");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aLaunchRefusesNumbersThatAreNone(double number) {
        refused("temperature", launch -> launch.temperature(number), "finite");
        refused("topP", launch -> launch.topP(number), "finite");
        refused("seed", launch -> launch.more("seed", number), "finite");
        refused("seed", launch -> launch.more("seed", (float) number), "finite");
        refused("outputSchema", launch -> launch.outputSchema(Map.of("maximum", List.of(number))), "finite");
        assertThatThrownBy(() -> ChatRequest.builder("m").temperature(number)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> ChatRequest.builder("m").topP(number)).hasMessageContaining("topP");
    }

    @Test
    void aLaunchRefusesANumberThatIsInfiniteToWhoReadsItIntoADouble() {
        refused("seed", launch -> launch.more("seed", new BigDecimal("1e999")), "finite");
    }

    @Test
    void aLaunchRefusesValuesThatAreNoneOfJson() {
        refused("at", launch -> launch.more("at", URI.create("https://h")), "java.net.URI");
    }

    @Test
    void aLaunchTakesWhatIsNestedAsDeepAsItMayBeAndAStoreGivesItBack() {
        Map<String, Object> schema = nested(RequestValues.DEEPEST - 1);
        LaunchRequest request = LaunchRequest.query("Hi")
                .outputSchema(schema)
                .tool(Tool.of("find", "", schema))
                .content(ContentBlock.toolResult("c", List.of(ContentBlock.other("x", nested(100)))))
                .earlierMessages(List.of(
                        new ChatMessage(ChatMessage.Role.ASSISTANT, List.of(ContentBlock.toolUse("c", "run", schema)))))
                .build();

        RequestTemplate kept = StoredJson.template(StoredJson.of(request.work().template()));
        assertThat(kept.parameters().outputSchema()).contains(schema);
    }

    @Test
    void aClientRefusesThemToo() {
        try (FakeProvider provider = FakeProvider.start();
                Patchbay patchbay = Patchbay.builder()
                        .withoutDiscovery()
                        .environment(Map.of())
                        .definition(Definition.builder("a")
                                .baseUrl(provider.baseUrl("/v1"))
                                .auth(Auth.NONE)
                                .build())
                        .build()) {
            ModelClient client = patchbay.client("a/m");
            Map<String, Object> deep = nested(TOO_DEEP);
            for (ChatRequest request : List.of(
                    asked().outputSchema(deep).build(),
                    asked().tool(Tool.of("find", "", deep)).build(),
                    asked().more("x", deep).build(),
                    asked().system(ContentBlock.text("x", deep)).build(),
                    asked().message(new ChatMessage(ChatMessage.Role.USER, List.of(ContentBlock.other("x", deep))))
                            .build())) {
                refused(() -> client.stream(request));
                refused(() -> client.ask(request));
                refused(() -> client.countTokens(request));
                refused(() -> client.estimateTokens(request));
            }
            refused(() -> client.embed(
                    EmbeddingRequest.builder(List.of("x")).more("x", deep).build()));
            assertThat(provider.requests()).isEmpty();
        }
    }

    private static ChatRequest.Builder asked() {
        return ChatRequest.builder("").message(ChatMessage.user("Hi"));
    }

    private static void refused(Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper than 400");
    }

    private static void refused(
            String name, Function<LaunchRequest.Builder, LaunchRequest.Builder> setter, String why) {
        LaunchRequest.Builder launch = LaunchRequest.query("Hi");
        assertThatThrownBy(() -> setter.apply(launch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(why);
        assertThatCode(launch::build).doesNotThrowAnyException();
    }

    private static Map<String, Object> nested(int levels) {
        Map<String, Object> value = Map.of();
        for (int level = 1; level + 2 <= levels; level += 2) {
            value = Map.of("items", List.of(value));
        }
        return value;
    }

    private static Map<String, Object> insideItself() {
        Map<String, Object> value = new HashMap<>();
        List<Object> list = new ArrayList<>();
        list.add(value);
        value.put("items", list);
        return value;
    }
}
