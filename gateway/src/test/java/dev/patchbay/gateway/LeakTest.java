package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.HostileAnswer;
import dev.patchbay.testkit.RecordedRequest;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand clients that leave, under the paranoid leak detector. */
@Timeout(120)
class LeakTest {

    private static final int TIMES = 340;
    private static final int AT_ONCE = 20;
    private static final long MIB = 1 << 20;
    private static final String TO_PROVIDER = "io.vertx.core.http.impl.Http1xClientConnection";

    private static final List<HostileAnswer> GIVEN_UP = List.of(
            HostileAnswer.MARK_WITHOUT_AN_ANSWER,
            HostileAnswer.ERROR_AS_FIRST_EVENT,
            HostileAnswer.EVENT_TOO_DEEP,
            HostileAnswer.EVENT_THAT_IS_NO_JSON,
            HostileAnswer.EVENT_OF_17_MIB,
            HostileAnswer.GZIP_THAT_IS_NONE,
            HostileAnswer.GZIP_EVENTS_CUT,
            HostileAnswer.PACKED_TWICE,
            HostileAnswer.CHUNK_OF_EXABYTES,
            HostileAnswer.JSON_IN_UTF_16,
            HostileAnswer.HALF_AN_EVENT,
            HostileAnswer.SILENCE_BEHIND_THE_MARK,
            HostileAnswer.SILENCE_BEHIND_THE_REASON,
            HostileAnswer.ERROR_WITH_STATUS_200);

    /** Sixteen for each event loop. */
    private static final int MOST_KEPT = 16 * Runtime.getRuntime().availableProcessors();

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

    private void start() {
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(60)))
                        .build(),
                builder -> builder.provider("chat"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void nothingIsLeftOfClientsThatLeftASilentStream(String path) throws IOException {
        start();
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));

        leaveOverAndOver(path, "\"a\"");
    }

    @Test
    void nothingIsLeftOfClientsThatLeftBeforeAnAnswerBegan() throws IOException {
        start();
        fixture.fake.answer(Answer.silence());

        leaveOverAndOver("/v1/messages", "");
    }

    /** It waits in its pool much longer than an exchange takes, and that has a whole request with it. */
    @Test
    void nothingIsLeftOfAnExchangeWhoseConnectionWaitsForTheNext() throws Exception {
        start();
        assertThat(fixture.post("/v1/chat/completions", GatewayFixture.chat(false))
                        .statusCode())
                .isEqualTo(200);
        assertThat(fixture.post("/v1/chat/completions", GatewayFixture.chat(true))
                        .statusCode())
                .isEqualTo(200);
        assertThat(fixture.post("/v1/messages", GatewayFixture.messages(true)).statusCode())
                .isEqualTo(200);

        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (instances("dev.patchbay.internal.gateway.upstream.UpstreamExchange") > 0) {
            assertThat(System.nanoTime()).as("an exchange is held").isLessThan(end);
        }
        assertThat(instances(TO_PROVIDER)).isPositive();
    }

    /** Whatever watches over an answer ends with it, though its limit is half an hour. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void nothingIsLeftOfAnswersThatWereGivenUp(String path) throws Exception {
        start();
        String request = path.endsWith("messages") ? GatewayFixture.messages(true) : GatewayFixture.chat(true);
        for (HostileAnswer answer : GIVEN_UP) {
            fixture.fake.answer(answer.answer());
            fixture.receive(path, request);
        }

        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (instances("dev.patchbay.internal.gateway.upstream.UpstreamExchange") > 0) {
            assertThat(System.nanoTime()).as("an exchange is held").isLessThan(end);
        }
    }

    /** Sixteen KiB of heap for each, and a socket at both ends. */
    @Tag("slow")
    @Test
    void ofARushOnlyAFewConnectionsToTheProviderAreKept() throws Exception {
        start();
        Gate end = Gate.closed();
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", end));
        int rush = 3 * MOST_KEPT;
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < rush; i++) {
            RawClient client = RawClient.connect(fixture.gateway().port());
            clients.add(client);
            client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true)));
        }
        for (RawClient client : clients) {
            client.readUntil("\"a\"");
        }
        assertThat(instances(TO_PROVIDER)).isEqualTo(rush);
        end.open();
        for (RawClient client : clients) {
            client.readUntil("[DONE]");
            client.close();
        }

        long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (instances(TO_PROVIDER) > MOST_KEPT) {
            assertThat(System.nanoTime()).as("connections are kept").isLessThan(limit);
        }
        assertThat(instances(TO_PROVIDER)).isPositive();
    }

    /** Of a class, after a collection. */
    private static long instances(String type) throws Exception {
        String histogram = String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()}));
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private void leaveOverAndOver(String path, String last) throws IOException {
        String request = RawClient.post(
                path, path.endsWith("messages") ? GatewayFixture.messages(true) : GatewayFixture.chat(true));
        leave(request, last);
        leave(request, last);
        Memory before = Memory.now();
        for (int left = 0; left < TIMES; left += AT_ONCE) {
            leave(request, last);
        }
        Memory more = Memory.now().since(before);
        leave(request, last);

        assertThat(leaks).isEmpty();
        assertThat(more.heap()).isLessThan(16 * MIB);
        assertThat(more.direct()).isLessThan(16 * MIB);
        assertThat(more.files()).isLessThan(AT_ONCE);
        assertThat(fixture.get("/metrics").body()).contains("patchbay_gateway_active 1.0");
    }

    /** Many at once ask, see the last that comes, and leave. */
    private void leave(String request, String last) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        List<RecordedRequest> requests = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            RawClient client = RawClient.connect(fixture.gateway().port());
            clients.add(client);
            client.send(request);
        }
        for (RawClient client : clients) {
            requests.add(fixture.fake.takeRequest(Duration.ofSeconds(10)));
            client.readUntil(last);
        }
        for (RawClient client : clients) {
            client.close();
        }
        Instant left = Instant.now();
        for (RecordedRequest seen : requests) {
            Instant gone = fixture.fake.awaitClientGone(seen, Duration.ofSeconds(5));
            assertThat(Duration.between(left, gone)).isLessThan(Duration.ofSeconds(1));
        }
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
