package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.RunningProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S05: what is written into a store stands in its log first, which is never reset while somebody reads, and somebody always reads. */
@Tag("process")
final class StoreLogSizeTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long MOST = 64 << 20;
    private static final long AT_REST = 5 << 20;
    private static final int EVENTS_OF_A_SESSION = 100;
    private static final String TEXT = "what a model said ".repeat(20);

    @TempDir
    Path home;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean written = new AtomicBoolean();
    private final AtomicLong largest = new AtomicLong();
    private RunningProcess daemon;

    @BeforeEach
    void start() {
        daemon = ChildProcess.java(Main.class.getName(), "daemon", "start", "--foreground", "--port", "0")
                .env("PATCHBAY_HOME", home.toString())
                .start();
        daemon.awaitStdout("patchbay daemon on ", LIMIT);
    }

    @AfterEach
    void close() {
        written.set(true);
        threads.shutdownNow();
        daemon.close();
    }

    @Test
    void theLogIsBoundedWhileManyReadAndCutAtRest() throws Exception {
        writeAndRead(6_000, 5, 2);
    }

    @Test
    @Tag("soak")
    void theLogIsBoundedWhileTwentyReadTwoHundredThousandEvents() throws Exception {
        writeAndRead(200_000, 20, 5);
    }

    private void writeAndRead(int events, int subscribers, int pages) throws Exception {
        List<Future<?>> reading = new ArrayList<>();
        for (int i = 0; i < subscribers; i++) {
            reading.add(threads.submit(() -> follow()));
        }
        for (int i = 0; i < pages; i++) {
            reading.add(threads.submit(() -> poll()));
        }
        Future<?> measured = threads.submit(() -> measure());
        try (SqliteSessionStore store = SqliteSessionStore.open(home.resolve("patchbay.db"))) {
            for (int i = 0; i < events / EVENTS_OF_A_SESSION; i++) {
                write(store, "s" + i);
            }
            written.set(true);
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (logSize() > AT_REST && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            System.out.println("largest log: " + largest.get() / 1024 + " kB, " + events + " events, at rest "
                    + logSize() / 1024 + " kB");
            assertThat(logSize()).as("the log ten seconds after").isLessThan(AT_REST);
        }
        measured.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(largest.get()).as("the log at its largest").isLessThan(MOST);
        for (Future<?> one : reading) {
            one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void write(SqliteSessionStore store, String id) {
        SessionRecord.Builder session = SessionRecord.builder(id, "run", "query of " + id, Instant.now())
                .resolved("local", "m", "m");
        store.create(session.status(SessionStatus.RUNNING).build(), List.of());
        for (int i = 1; i < EVENTS_OF_A_SESSION; i++) {
            store.update(
                    session.build(),
                    List.of(new SessionEvent.ConversationUpdated(
                            id,
                            new ConversationEvent(
                                    id, i, Instant.now(), ChatMessage.Role.USER, ContentBlock.text(TEXT), true))));
        }
        store.update(
                session.status(SessionStatus.COMPLETED).build(),
                List.of(new SessionEvent.StatusChanged(id, SessionStatus.RUNNING, SessionStatus.COMPLETED)));
    }

    /** From the first event on, anew when it has seen some thousands: there is always one who replays. */
    private Void follow() throws Exception {
        while (!written.get()) {
            HttpRequest request = request("/api/v1/stream/events")
                    .header("last-event-id", "0")
                    .build();
            HttpResponse<java.io.InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                int seen = 0;
                while (!written.get() && seen < 20_000) {
                    seen += lines.readLine() == null ? 20_000 : 1;
                }
            }
        }
        return null;
    }

    private Void poll() throws Exception {
        while (!written.get()) {
            int status = client.send(
                            request("/api/v1/sessions?limit=100").build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
            assertThat(status).isEqualTo(200);
        }
        return null;
    }

    private Void measure() throws Exception {
        while (!written.get()) {
            largest.accumulateAndGet(logSize(), Math::max);
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return null;
    }

    private long logSize() throws IOException {
        try {
            return Files.size(home.resolve("patchbay.db-wal"));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    private HttpRequest.Builder request(String path) throws IOException {
        URI url = URI.create(JsonMapper.builder()
                .build()
                .readTree(Files.readString(home.resolve("daemon.json")))
                .path("url")
                .asText());
        return HttpRequest.newBuilder(url.resolve(path))
                .header(
                        "authorization",
                        "Bearer " + Files.readString(home.resolve("token")).strip());
    }
}
