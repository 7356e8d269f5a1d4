package dev.patchbay.daemon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing stays in between for ever, whoever is killed while a session is interrupted (scenario A10). */
@Tag("process")
final class KilledInterruptTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A lease of eight seconds, and what it takes to look. */
    private static final Duration ENDED = Duration.ofSeconds(10);

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aSessionWhoseDaemonWasKilledWhileItWasInterruptedEndsAndGoesOn() throws Exception {
        try (FakeProvider fake = FakeProvider.start().answer(Answer.silence())) {
            String id;
            try (DaemonProcess killed = daemon(fake)) {
                id = launch(killed);
                fake.takeRequest(LIMIT);
                assertThat(ask(killed, "POST", "/sessions/" + id + "/interrupt", "")
                                .statusCode())
                        .isEqualTo(200);
                // Close kills.
            }
            try (DaemonProcess daemon = daemon(fake)) {
                assertThat(endOf(daemon, id)).isIn("interrupted", "failed");
                assertGoesOn(daemon, fake, id);
            }
        }
    }

    @Test
    void aSessionThatRanInADaemonThatWasKilledEndsWithTheReasonAndGoesOn() throws Exception {
        try (FakeProvider fake = FakeProvider.start().answer(Answer.silence())) {
            String id;
            try (DaemonProcess killed = daemon(fake)) {
                id = launch(killed);
                fake.takeRequest(LIMIT);
            }
            try (DaemonProcess daemon = daemon(fake)) {
                // Nobody runs it any more, so nobody hears this: it must not keep the session from its end.
                assertThat(ask(daemon, "POST", "/sessions/" + id + "/interrupt", "")
                                .statusCode())
                        .isIn(200, 409);
                assertThat(endOf(daemon, id)).isIn("interrupted", "failed");
                assertGoesOn(daemon, fake, id);
            }
        }
    }

    @Test
    void whoeverInterruptsTwiceIsAnswered() throws Exception {
        try (FakeProvider fake = FakeProvider.start().answer(Answer.silence());
                DaemonProcess daemon = daemon(fake)) {
            String id = launch(daemon);
            fake.takeRequest(LIMIT);
            assertThat(ask(daemon, "POST", "/sessions/" + id + "/interrupt", "").statusCode())
                    .isEqualTo(200);
            assertThat(ask(daemon, "POST", "/sessions/" + id + "/interrupt", "").statusCode())
                    .isIn(200, 409);
            assertThat(endOf(daemon, id)).isEqualTo("interrupted");
            assertThat(ask(daemon, "POST", "/sessions/" + id + "/interrupt", "").statusCode())
                    .isEqualTo(409);
        }
    }

    private DaemonProcess daemon(FakeProvider fake) {
        return DaemonProcess.start(
                home,
                "providers:\n  ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n",
                Map.of());
    }

    private String launch(DaemonProcess daemon) throws Exception {
        HttpResponse<String> launched = ask(daemon, "POST", "/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\"}");
        assertThat(launched.statusCode()).as(launched.body()).isEqualTo(201);
        return data(launched).path("session_id").asText();
    }

    private void assertGoesOn(DaemonProcess daemon, FakeProvider fake, String id) throws Exception {
        fake.answer(Answer.text("Hello"));
        HttpResponse<String> child = ask(daemon, "POST", "/sessions/" + id + "/continue", "{\"query\":\"More\"}");
        assertThat(child.statusCode()).as(child.body()).isEqualTo(201);
        assertThat(endOf(daemon, data(child).path("session_id").asText())).isEqualTo("completed");
    }

    /** The final status, which has to come in time. */
    private String endOf(DaemonProcess daemon, String id) throws Exception {
        long deadline = System.nanoTime() + ENDED.toNanos();
        while (true) {
            String status = data(ask(daemon, "GET", "/sessions/" + id, ""))
                    .path("status")
                    .asText();
            if (!status.matches("starting|running|interrupting")) {
                return status;
            }
            assertThat(System.nanoTime()).as(status + " for too long").isLessThan(deadline);
        }
    }

    private static JsonNode data(HttpResponse<String> response) {
        return Json.parse(response.body()).path("data");
    }

    private HttpResponse<String> ask(DaemonProcess daemon, String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(daemon.url().resolve("/api/v1" + path))
                        .timeout(LIMIT)
                        .header("authorization", "Bearer " + daemon.token())
                        .header("content-type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
