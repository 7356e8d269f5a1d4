package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.Value;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTest {

    @Test
    void waitsLongerForTheFirstByteOfALocalHost() {
        assertThat(firstByte("http://localhost:11434")).isEqualTo(Duration.ofMinutes(30));
        assertThat(firstByte("http://192.168.1.5:8000")).isEqualTo(Duration.ofMinutes(30));
        assertThat(firstByte("https://api.example.com")).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void keepsTheTimeOutOfTheFile() {
        HttpSettings usual = HttpSettings.DEFAULT;
        Definition definition = provider("http://localhost")
                .http(new HttpSettings(
                        usual.connect(),
                        Optional.of(Timeout.of(Duration.ofSeconds(9))),
                        usual.idle(),
                        usual.total(),
                        usual.retries()))
                .build();

        assertThat(route(definition).http().firstByte().orElseThrow().limit()).contains(Duration.ofSeconds(9));
    }

    @Test
    void hasHeadersOfItsOwn() {
        Map<String, Value> headers =
                route(provider("https://host.example").build()).headers(Operation.CHAT, true);

        assertThat(headers.get("content-type")).isEqualTo(new Value.Plain("application/json"));
        assertThat(headers.get("accept")).isEqualTo(new Value.Plain("text/event-stream, application/json"));
        assertThat(((Value.Plain) headers.get("User-Agent")).text()).startsWith("patchbay/");
        assertThat(headers).doesNotContainKey("anthropic-version");
    }

    @Test
    void letsTheFileReplaceHeadersWhateverTheirCase() {
        Definition definition = provider("https://host.example")
                .dialect("anthropic-messages")
                .headers(Map.of("Anthropic-Version", new Value.Plain("2024-01-01"), "X-Empty", new Value.Plain("")))
                .build();

        Map<String, Value> headers = route(definition).headers(Operation.MESSAGES, false);

        assertThat(headers.get("anthropic-version")).isEqualTo(new Value.Plain("2024-01-01"));
        assertThat(headers).doesNotContainKey("X-Empty");
    }

    @Test
    void namesTheVersionOfAnthropic() {
        Route anthropic = route(
                provider("https://host.example").dialect("anthropic-messages").build());

        assertThat(anthropic.headers(Operation.MESSAGES, true).get("anthropic-version"))
                .isEqualTo(new Value.Plain("2023-06-01"));
        assertThat(anthropic.headers(Operation.MODELS, false).get("anthropic-version"))
                .isEqualTo(new Value.Plain("2023-06-01"));
    }

    @Test
    void listsEverySecretThatAConversationNeeds() {
        Definition definition = provider("https://host.example")
                .auth(Auth.bearer(TestSecret.of("KEY", "k")))
                .headers(Map.of("X-Token", new Value.Hidden(TestSecret.of("T", "t"))))
                .query(Map.of("q", new Value.Hidden(TestSecret.of("Q", "q"))))
                .build();

        assertThat(route(definition).secrets()).extracting(Object::toString).containsExactly("$KEY", "$T", "$Q");
    }

    @Test
    void needsOnlyTheKeyOfAnEndpointElsewhere() {
        Definition definition = provider("https://host.example")
                .auth(Auth.bearer(TestSecret.of("KEY", "k")))
                .headers(Map.of("X-Token", new Value.Hidden(TestSecret.of("T", "t"))))
                .endpoints(Map.of(
                        Operation.CHAT,
                        new Endpoint.Absolute(
                                URI.create("https://other.example/chat"),
                                Optional.of(Auth.bearer(TestSecret.of("OTHER", "o"))))))
                .build();

        assertThat(route(definition).secrets()).extracting(Object::toString).containsExactly("$OTHER");
    }

    private static Definition.Builder provider(String base) {
        return Definition.builder("p").baseUrl(URI.create(base)).defaultModel("m");
    }

    private static Route route(Definition definition) {
        return RouteResolver.resolve(definition, RouteOverrides.none());
    }

    private static Duration firstByte(String base) {
        return route(provider(base).build())
                .http()
                .firstByte()
                .flatMap(Timeout::limit)
                .orElseThrow();
    }
}
