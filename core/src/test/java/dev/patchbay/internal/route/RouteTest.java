package dev.patchbay.internal.route;

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
        Map<String, String> headers =
                route(provider("https://host.example").build()).defaultHeaders(Operation.CHAT, true);

        assertThat(headers)
                .containsEntry("content-type", "application/json")
                .containsEntry("accept", "text/event-stream, application/json")
                .hasEntrySatisfying("user-agent", agent -> assertThat(agent).startsWith("patchbay/"))
                .doesNotContainKey("anthropic-version");
    }

    @Test
    void addsTheQueryOfTheFileToWhatAPluginCallsAtItsOrigin() {
        Definition definition = provider("https://host.example/v1")
                .query(Map.of(
                        "team", new Value.Plain("blue"), "mine", new Value.Plain("no"), "none", new Value.Plain("")))
                .build();

        OperationTarget here = route(definition)
                .target(URI.create("https://host.example/v2?mine=yes"))
                .orElseThrow();
        OperationTarget elsewhere =
                route(definition).target(URI.create("https://cdn.example/x")).orElseThrow();

        assertThat(here.url()).hasToString("https://host.example/v2?mine=yes&team=blue");
        assertThat(elsewhere.url()).hasToString("https://cdn.example/x");
        assertThat(route(definition).target(URI.create("nowhere"))).isEmpty();
    }

    @Test
    void namesTheVersionOfAnthropic() {
        Route anthropic = route(
                provider("https://host.example").dialect("anthropic-messages").build());

        assertThat(anthropic.defaultHeaders(Operation.MESSAGES, true)).containsEntry("anthropic-version", "2023-06-01");
        assertThat(anthropic.defaultHeaders(Operation.MODELS, false)).containsEntry("anthropic-version", "2023-06-01");
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
