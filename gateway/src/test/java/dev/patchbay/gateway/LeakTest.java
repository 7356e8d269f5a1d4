package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RecordedRequest;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave, over and over, under the paranoid leak detector. */
@Timeout(300)
class LeakTest {

    private static final int TIMES = "required".equals(System.getenv("PATCHBAY_EXTERNAL")) ? 500 : 60;
    private static final Logger DETECTOR = Logger.getLogger("io.netty.util.ResourceLeakDetector");

    private final GatewayFixture fixture = new GatewayFixture();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Listener(leaks);
    private final ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();

    @BeforeEach
    void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        DETECTOR.addHandler(listener);
    }

    @AfterEach
    void close() {
        fixture.close();
        DETECTOR.removeHandler(listener);
        ResourceLeakDetector.setLevel(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void nothingIsLeftOfClientsThatLeftInTheMiddle(String path) throws IOException {
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(60)))
                        .build(),
                builder -> builder.provider("chat"));
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));
        String body = path.endsWith("messages") ? GatewayFixture.messages(true) : GatewayFixture.chat(true);

        for (int i = 0; i < TIMES; i++) {
            leaveInTheMiddle(path, body);
        }
        System.gc();
        leaveInTheMiddle(path, body);

        assertThat(leaks).isEmpty();
        assertThat(fixture.get("/metrics").body()).contains("patchbay_gateway_active 1.0");
    }

    private void leaveInTheMiddle(String path, String body) throws IOException {
        try (InputStream answer = fixture.open(path, body).body()) {
            GatewayFixture.readUntil(answer, "\"a\"");
        }
        Instant left = Instant.now();
        RecordedRequest request = fixture.fake.takeRequest(Duration.ofSeconds(5));
        Instant gone = fixture.fake.awaitClientGone(request, Duration.ofSeconds(2));
        assertThat(Duration.between(left, gone)).isLessThan(Duration.ofSeconds(1));
    }

    private static final class Listener extends Handler {

        private final Queue<String> leaks;

        Listener(Queue<String> leaks) {
            this.leaks = leaks;
        }

        @Override
        public void publish(LogRecord record) {
            leaks.add(String.valueOf(record.getMessage()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
