package dev.patchbay.cli.siege;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.session.EventLog;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RunningProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed again and again while twenty sessions stream, and some of them end: nothing that was shown is missing, nothing
 * comes twice.
 */
@Tag("soak")
final class DaemonKillTest {

    private static final int KILLS = Integer.getInteger("daemon.kills", 50);
    private static final int SESSIONS = 20;

    /** All but those whose questions begin with Q1. */
    private static final int MAY_END = 9;

    private static final String FIRST_WORDS = "the first words";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path home;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Long, String> seen = Collections.synchronizedMap(new TreeMap<>());
    private final Set<String> launched = ConcurrentHashMap.newKeySet();

    /** Sessions of which a thought is whole: their texts stream, and that event comes even to a subscriber that was late. */
    private final Set<String> streaming = ConcurrentHashMap.newKeySet();

    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Object heard = new Object();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    @Test
    void nothingThatWasShownIsMissingOrComesTwice() throws Exception {
        Random random = new Random(20);
        try (FakeProvider fake = FakeProvider.start()) {
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(
                    home.resolve("providers/p.yaml"),
                    "providers:\n  ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n");
            for (int kill = 0; kill < KILLS; kill++) {
                killOnce(fake, random.nextInt(SESSIONS));
                assertThat(wrong).isEmpty();
                assertStored();
                System.out.println("kill " + (kill + 1) + ": " + seen.size() + " events seen, each stored, each once");
            }
        }
    }

    /**
     * Kills the daemon when every session streams.
     *
     * @param ends how many sessions come to their ends before it, of those that may; others come to theirs at the same time
     */
    private void killOnce(FakeProvider fake, int ends) throws Exception {
        Gate some = Gate.closed();
        Gate others = Gate.closed();
        fake.answer(exchange -> Answer.thinking("a thought")
                .thenText(FIRST_WORDS, "the end")
                .holdBefore("the end", exchange.request().text().contains("\"Q1") ? others : some)
                .send(exchange));
        launched.clear();
        try (RunningProcess daemon = ChildProcess.java(
                        "dev.patchbay.cli.Main", "daemon", "start", "--foreground", "--port", "0")
                .env("PATCHBAY_HOME", home.toString())
                .start()) {
            daemon.awaitStdout("patchbay daemon on ", LIMIT);
            URI url = URI.create(MAPPER.readTree(Files.readString(home.resolve("daemon.json")))
                    .path("url")
                    .asText());
            Thread subscriber = new Thread(() -> listen(url), "subscriber");
            subscriber.start();
            for (int i = 0; i < SESSIONS; i++) {
                launch(url, i);
            }
            await(() -> streaming.containsAll(launched));
            some.open();
            await(() -> launched.stream().filter(ended::contains).count() >= Math.min(ends, MAY_END));
            daemon.signal("KILL");
            daemon.await(LIMIT);
            subscriber.join(LIMIT.toMillis());
        } finally {
            others.open();
        }
    }

    /** The daemon needs the machine more than who waits for it does: this looks when something was heard. */
    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            synchronized (heard) {
                heard.wait(10);
            }
        }
    }

    private void launch(URI url, int number) throws Exception {
        HttpResponse<String> response = client.send(
                request(url, "/sessions")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"query\":\"Q" + number + "\",\"provider\":\"ok\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        launched.add(
                MAPPER.readTree(response.body()).path("data").path("session_id").asText());
    }

    private HttpRequest.Builder request(URI url, String path) throws IOException {
        return HttpRequest.newBuilder(url.resolve("/api/v1" + path))
                .header(
                        "authorization",
                        "Bearer " + Files.readString(home.resolve("token")).strip());
    }

    private void listen(URI url) {
        long last = seen.isEmpty() ? 0 : Collections.max(seen.keySet());
        try {
            HttpResponse<InputStream> response = client.send(
                    request(url, "/stream/events")
                            .header("last-event-id", String.valueOf(last))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
                long id = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        id = Long.parseLong(line.substring(4));
                    } else if (line.startsWith("data: ") && id != 0) {
                        if (id != last + 1) {
                            wrong.add(id + " came after " + last);
                        }
                        last = id;
                        JsonNode data = MAPPER.readTree(line.substring(6)).path("data");
                        String session = data.path("session_id").asText();
                        seen.put(id, session + " " + data.path("content").asText());
                        id = 0;
                        if (data.path("new_status").asText().equals("completed")) {
                            ended.add(session);
                        } else if (data.path("event_type").asText().equals("thinking")) {
                            streaming.add(session);
                        }
                        synchronized (heard) {
                            heard.notifyAll();
                        }
                    } else if (line.contains("state_reset")) {
                        wrong.add("a reset after " + last);
                    }
                }
            }
        } catch (IOException killed) {
            // What the test does.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertStored() {
        try (SqliteSessionStore store = SqliteSessionStore.open(home.resolve("patchbay.db"))) {
            EventLog log = store.log().orElseThrow();
            Map<Long, String> stored = new TreeMap<>();
            long position = 0;
            List<EventLog.Entry> page;
            do {
                page = log.after(position, 1000);
                for (EventLog.Entry entry : page) {
                    position = entry.position();
                    String content = entry.event() instanceof SessionEvent.ConversationUpdated updated
                            ? updated.event().text().orElse("")
                            : "";
                    stored.put(position, entry.event().sessionId() + " " + content);
                }
            } while (!page.isEmpty());
            Map<Long, String> missing = new TreeMap<>(seen);
            missing.entrySet().removeIf(entry -> entry.getValue().equals(stored.get(entry.getKey())));
            assertThat(missing).isEmpty();
        }
    }
}
