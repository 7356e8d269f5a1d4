package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures of a daemon of 512 MB with 1 000 sessions of 200 events, 1 000 that run and 100 subscribers; printed, since speed is the machine's.
 * What is asserted is that nobody misses an event, and that a subscriber who reads nothing costs little memory.
 */
@Tag("soak")
final class DaemonFiguresTest {

    private static final int SESSIONS = 1_000;
    private static final int EVENTS = 200;
    private static final int RUNNING = 1_000;
    private static final int SUBSCRIBERS = 100;
    private static final int WRITES = 200;
    private static final int DELETIONS = 100;
    private static final int FLOOD = 5_000;
    private static final long MOST_FOR_ONE_THAT_IS_STILL = 10L << 20;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Of the daemon's JVM; more to record a profile of it, say. */
    private static final String OPTIONS =
            ("-Xmx512m -XX:+ExitOnOutOfMemoryError " + System.getProperty("daemon.jvm", "")).strip();

    @TempDir
    Path home;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Long> delays = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger told = new AtomicInteger();
    private DaemonProcess daemon;

    @Test
    void figures() throws Exception {
        seed();
        Gate gate = Gate.closed();
        try (FakeProvider fake =
                        FakeProvider.start().answer(Answer.text("one ", "two").holdBefore("two", gate));
                DaemonProcess process = DaemonProcess.measured(
                        home,
                        "providers:\n  ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1")
                                + "\", defaultModel: m, http: {connectTimeout: 60s}}\n",
                        OPTIONS.split(" "))) {
            daemon = process;
            for (int i = 0; i < SUBSCRIBERS; i++) {
                subscribe();
            }
            // The readers of this process are compiled meanwhile, too.
            delays("write to subscriber, for the first time");
            for (int i = 0; i < RUNNING; i++) {
                assertThat(send("POST", "/sessions", "{\"query\":\"Q" + i + "\",\"provider\":\"ok\"}")
                                .statusCode())
                        .isEqualTo(201);
            }
            delays("the same behind the launches");
            await(() -> metrics().contains("patchbay_sessions_running " + RUNNING + ".0"), "all sessions run");
            await(this::isIndexed, "the index has what was seeded");
            reads();
            deletions();
            delays("the same when all is quiet");
            long before = heap();
            try (Socket still = open()) {
                delays("the same beside one that reads nothing");
                flood();
                long more = heap() - before;
                System.out.println(
                        "heap for what one reads nothing of, after " + FLOOD + " more events: " + more / 1024 + " kB");
                assertThat(more).isLessThan(MOST_FOR_ONE_THAT_IS_STILL);
                assertThat(still.isClosed()).isFalse();
            }
        } finally {
            gate.open();
        }
    }

    private String metrics() {
        try {
            return client.send(
                            HttpRequest.newBuilder(daemon.url().resolve("/metrics"))
                                    .header("authorization", "Bearer " + daemon.token())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What it lacks is searched beside it, and would be measured with it. */
    private boolean isIndexed() {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("patchbay.db"));
                Statement statement = sqlite.createStatement()) {
            return statement
                            .executeQuery("SELECT count(*) FROM unindexed_events WHERE bytes IS NOT NULL")
                            .getInt(1)
                    == 0;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void seed() {
        try (SqliteSessionStore store = SqliteSessionStore.open(home.resolve("patchbay.db"))) {
            Instant now = Instant.now();
            for (int s = 0; s < SESSIONS; s++) {
                String id = "s" + s;
                List<SessionEvent> said = new ArrayList<>();
                for (int i = 1; i <= EVENTS; i++) {
                    ContentBlock block = ContentBlock.text("Piece " + i + " of " + id + ": "
                            + (i == 100 && s % 50 == 0
                                    ? "needle"
                                    : "some words that were said there, as long as a line is"));
                    said.add(new SessionEvent.ConversationUpdated(
                            id, new ConversationEvent(id, i, now, ChatMessage.Role.USER, block, true)));
                }
                store.create(
                        SessionRecord.builder(id, "run", "Question of " + id, now)
                                .status(SessionStatus.COMPLETED)
                                .lastActivityAt(now.minusSeconds(s))
                                .build(),
                        said);
            }
        }
    }

    /** By a process that is compiled as the daemon is, and measures both in rounds that alternate. */
    private void reads() {
        List<String> words = new ArrayList<>(ChildProcess.javaWords());
        words.removeIf(word -> word.startsWith("-XX:TieredStopAtLevel"));
        words.addAll(List.of(
                ReadFigures.class.getName(),
                daemon.url().toString(),
                daemon.token(),
                home.resolve("patchbay.db").toString(),
                String.valueOf(daemon.pid())));
        ProcessOutcome read = ChildProcess.of(words).run(LIMIT.multipliedBy(4));
        assertThat(read.exitCode()).as(read.stderr()).isZero();
        System.out.print(read.stdout());
    }

    private void deletions() throws Exception {
        List<Long> micros = new ArrayList<>();
        for (int i = 1; i <= DELETIONS; i++) {
            long begun = System.nanoTime();
            assertThat(send("DELETE", "/sessions/s" + (SESSIONS - i), "").statusCode())
                    .isEqualTo(204);
            micros.add((System.nanoTime() - begun) / 1_000);
        }
        print("deletion of a session", micros);
    }

    private static void print(String what, List<Long> micros) {
        List<Long> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        System.out.printf(
                "%-40s p50 %7d us, p95 %7d us, p99 %7d us, most %7d us (%d)%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 95 / 100),
                sorted.get(sorted.size() * 99 / 100),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }

    /** From the moment that stands in the event, which is that of its writing, to the line at each subscriber. */
    private void delays(String what) throws Exception {
        delays.clear();
        told.set(0);
        for (int i = 0; i < WRITES; i++) {
            send("PATCH", "/sessions/s" + i, "{\"title\":\"marked " + what + i + "\"}");
        }
        await(() -> told.get() >= WRITES * SUBSCRIBERS, what + ": every subscriber has every event");
        print(what, delays);
    }

    /** More events than any buffer of the system holds, which those who read are given as well. */
    private void flood() throws Exception {
        told.set(0);
        String title = "x".repeat(900);
        for (int i = 0; i < FLOOD / 100; i++) {
            for (int s = 0; s < 100; s++) {
                send("PATCH", "/sessions/s" + s, "{\"title\":\"marked " + title + i + "\"}");
            }
        }
        await(() -> told.get() >= FLOOD * SUBSCRIBERS, "every subscriber has every event of the flood");
    }

    private void subscribe() throws IOException {
        Socket socket = open();
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            heard(line);
                        }
                    } catch (IOException ended) {
                        // With the daemon.
                    }
                },
                "subscriber");
        thread.setDaemon(true);
        thread.start();
    }

    private void heard(String line) {
        if (line.startsWith("data: ") && line.contains("\"marked ")) {
            long now = micros(Instant.now());
            JsonNode frame = Json.parse(line.substring(6));
            delays.add(now - micros(Instant.parse(frame.path("timestamp").asText())));
            told.incrementAndGet();
        }
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
    }

    /** Takes part when the head of its answer is there, and has read a byte of it. */
    private Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8192);
        socket.connect(new InetSocketAddress("127.0.0.1", daemon.url().getPort()));
        socket.getOutputStream()
                .write(("GET /api/v1/stream/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + daemon.token() + "\r\n\r\n")
                        .getBytes(US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(daemon.url().resolve("/api/v1" + path))
                        .timeout(LIMIT)
                        .header("authorization", "Bearer " + daemon.token())
                        .header("content-type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Of the daemon, in bytes, after what nobody needs was thrown away. */
    private long heap() {
        String pid = String.valueOf(daemon.pid());
        ChildProcess.of("jcmd", pid, "GC.run").run(LIMIT);
        Matcher used = Pattern.compile("used (\\d+)K")
                .matcher(ChildProcess.of("jcmd", pid, "GC.heap_info").run(LIMIT).stdout());
        long bytes = 0;
        while (used.find()) {
            bytes += Long.parseLong(used.group(1)) << 10;
        }
        return bytes;
    }

    private static void await(java.util.function.BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.yield();
        }
    }
}
