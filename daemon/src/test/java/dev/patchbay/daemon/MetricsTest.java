package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon counts, and for whom. */
final class MetricsTest {

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private TestDaemon daemon;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/q.yaml"), """
                providers:
                  priced:
                    auth: none
                    baseUrl: "%s"
                    defaultModel: m
                    models: {m: {price: {input: 1000000, output: 2000000}}}
                """.formatted(fake.baseUrl("/v1")));
        daemon = TestDaemon.start(home, fake);
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    @Test
    void sessionsTokensCostTheFirstTokenAndSubscribersAreCounted() throws Exception {
        fake.answer(Answer.text("Hello").usage(12, 3));
        try (EventReader events = daemon.events("")) {
            events.untilEnded(daemon.launch("{\"query\":\"Hi\",\"provider\":\"priced\"}"));
            await("patchbay_sessions_ended_total{provider=\"priced\",status=\"completed\"} 1.0");
            assertThat(metrics(daemon.token()).body())
                    .contains("patchbay_sessions_calls_total{outcome=\"completed\",provider=\"priced\"} 1.0")
                    .contains("patchbay_sessions_tokens_total{kind=\"input\",provider=\"priced\"} 12.0")
                    .contains("patchbay_sessions_tokens_total{kind=\"output\",provider=\"priced\"} 3.0")
                    .contains("patchbay_sessions_cost_usd_total{provider=\"priced\"} 18.0")
                    .contains("patchbay_sessions_first_token_seconds_count{provider=\"priced\"} 1")
                    .contains("patchbay_sessions_running 0.0")
                    .contains("patchbay_events_subscribers 1.0");
        }
        await("patchbay_events_subscribers 0.0");
    }

    /** Names that nobody defined are as many as anybody likes, and would be as many meters. */
    @Test
    void providersOfOneSessionAreCountedTogether() throws Exception {
        for (String name : new String[] {"mine", "yours"}) {
            daemon.launch("{\"query\":\"Hi\",\"provider\":\"" + name
                    + "\",\"model\":\"m\",\"proxy_enabled\":true,\"proxy_base_url\":\"" + fake.baseUrl("/v1") + "\"}");
        }
        await("patchbay_sessions_ended_total{provider=\"custom\",status=\"completed\"} 2.0");
        assertThat(metrics(daemon.token()).body()).doesNotContain("mine", "yours");
    }

    /** The address of a session leads to such a provider as well. */
    @Test
    void providersOfOneSessionAreCountedTogetherByTheGatewayToo() throws Exception {
        for (String name : new String[] {"mine", "yours"}) {
            String id = daemon.launch("{\"query\":\"Hi\",\"draft\":true,\"provider\":\"" + name
                    + "\",\"model\":\"m\",\"proxy_enabled\":true,\"proxy_base_url\":\"" + fake.baseUrl("/v1") + "\"}");
            daemon.chat("/api/v1/sessions/" + id + "/llm/v1/chat/completions", "any");
        }
        await("patchbay_gateway_tokens_total{kind=\"input\",provider=\"custom\"}");
        assertThat(metrics(daemon.token()).body())
                .contains(
                        "patchbay_gateway_requests_total{client=\"chat\",mode=\"relay\",provider=\"custom\",status=\"200\"} 2.0")
                .doesNotContain("mine", "yours");
    }

    @Test
    void nobodySeesThemWithoutTheToken() throws Exception {
        assertThat(metrics("wrong-token").statusCode()).isEqualTo(401);
        assertThat(metrics("wrong-token").body()).doesNotContain("patchbay_");
    }

    private void await(String line) throws Exception {
        long deadline = System.nanoTime() + TestDaemon.LIMIT.toNanos();
        while (!metrics(daemon.token()).body().contains(line)) {
            assertThat(System.nanoTime()).as(line + " in time").isLessThan(deadline);
        }
    }

    private HttpResponse<String> metrics(String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(daemon.root().resolve("/metrics"))
                                .header("authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
