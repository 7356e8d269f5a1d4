package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked through the gateway of a daemon is counted as sessions are. */
final class GatewayCallsTest {

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = TestDaemon.start(home, fake);
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    @Test
    void aCallThroughTheGatewayIsPartOfTheUsage() {
        fake.answer(Answer.text("Hello").usage(12, 3));
        daemon.chat("/v1/chat/completions", "ok/m");
        JsonNode line = awaitUsage("ok", 1);
        assertThat(line.path("input_tokens").asLong()).isEqualTo(12);
        assertThat(line.path("output_tokens").asLong()).isEqualTo(3);
        assertThat(line.path("failed").asLong()).isZero();
    }

    @Test
    void aCallThroughTheAddressOfASessionIsPartOfTheUsage() {
        String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"other\",\"draft\":true}");
        daemon.chat("/api/v1/sessions/" + id + "/llm/v1/chat/completions", "any");
        awaitUsage("other", 1);
    }

    @Test
    void aCallThatEndedBeforeTheDaemonIsKept() {
        daemon.chat("/v1/chat/completions", "ok/m");
        daemon = daemon.restart();
        awaitUsage("ok", 1);
    }

    private JsonNode awaitUsage(String provider, long calls) {
        long deadline = System.nanoTime() + TestDaemon.LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            for (JsonNode line : daemon.get("/usage?by=provider").data()) {
                if (line.path("provider").asText().equals(provider)
                        && line.path("calls").asLong() == calls) {
                    return line;
                }
            }
        }
        throw new AssertionError(
                "not in time: " + daemon.get("/usage?by=provider").http().body());
    }
}
