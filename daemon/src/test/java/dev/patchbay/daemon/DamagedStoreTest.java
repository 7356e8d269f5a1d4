package dev.patchbay.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A damaged, slow or full store keeps nobody from the rest of the daemon, and is called by its name (scenarios S04 and S06). */
final class DamagedStoreTest {

    private static final int PAGE = 4096;

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    /** What happened to the file. */
    enum Damage {
        HEAD {
            @Override
            void to(RandomAccessFile file) throws IOException {
                file.write("hello".getBytes(UTF_8));
            }
        },
        HALF {
            @Override
            void to(RandomAccessFile file) throws IOException {
                file.setLength(file.length() / 2 / PAGE * PAGE);
            }
        },
        PAGE_OF_ZEROS {
            @Override
            void to(RandomAccessFile file) throws IOException {
                file.seek(4L * PAGE);
                file.write(new byte[PAGE]);
            }
        };

        abstract void to(RandomAccessFile file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void theDaemonStartsAndSaysThatItsStoreIsDamaged(Damage damage) throws Exception {
        fake.answer(Answer.text("Hello"));
        try (TestDaemon daemon = TestDaemon.start(home, fake)) {
            daemon.launch("{\"query\":\"" + "long ".repeat(2_000) + "\",\"provider\":\"ok\"}");
        }
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            damage.to(file);
        }
        byte[] before = Files.readAllBytes(file());
        try (TestDaemon daemon = TestDaemon.start(home, fake)) {
            long deadline = System.nanoTime() + TestDaemon.LIMIT.toNanos();
            while (!health(daemon).json().path("store").asText().equals("damaged")) {
                assertThat(System.nanoTime()).as("said in time").isLessThan(deadline);
            }
            assertThat(health(daemon).json().path("status").asText()).isEqualTo("ok");

            TestDaemon.Answer launch = daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\"}");
            assertThat(launch.status()).isEqualTo(503);
            assertThat(launch.error().path("code").asText()).isEqualTo("store");
            assertThat(launch.error().path("message").asText())
                    .contains(file().toString(), "is damaged", "patchbay sessions rescue NEW-FILE");

            // A page of zeros may be one that holds no event.
            if (damage != Damage.PAGE_OF_ZEROS) {
                assertIsRefused(daemon.request("/stream/events"));
                assertIsRefused(daemon.request("/stream/events").header("Last-Event-ID", "1"));
            }

            assertThat(daemon.get("/providers").status()).isEqualTo(200);
            assertThat(page(daemon, "/providers"))
                    .contains("is damaged", "patchbay sessions rescue NEW-FILE")
                    .contains("ok");
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    /** Events come to a subscriber from its first read on: one that fails is its answer. */
    @Test
    void aSubscriberWhoseFirstPageCannotBeReadIsToldSo() throws Exception {
        fake.answer(Answer.text("Hello"));
        try (TestDaemon daemon = TestDaemon.start(home, fake)) {
            daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        }
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            int page = statement
                    .executeQuery("SELECT rootpage FROM sqlite_master WHERE name = 'events'")
                    .getInt(1);
            try (RandomAccessFile open = new RandomAccessFile(file().toFile(), "rw")) {
                open.seek((page - 1L) * PAGE);
                open.write(new byte[PAGE]);
            }
        }
        try (TestDaemon daemon = TestDaemon.start(home, fake)) {
            assertIsRefused(daemon.request("/stream/events"));
            assertIsRefused(daemon.request("/stream/events").header("Last-Event-ID", "1"));
        }
    }

    private static void assertIsRefused(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                // A stream without an end is none.
                .get(TestDaemon.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(Json.parse(answer.body()).path("error").path("code").asText())
                .isEqualTo("store");
        assertThat(answer.body()).contains("is damaged");
    }

    /** Longer than a launch waits for a store by itself. */
    @Test
    void aLaunchIsAnsweredWhenTheStoreHasIt() throws Exception {
        fake.answer(Answer.text("Hello"));
        try (TestDaemon daemon = TestDaemon.start(home, fake, Duration.ofMillis(1_500));
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            TestDaemon.Answer launch = daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\"}");
            assertThat(launch.status()).as(launch.http().body()).isEqualTo(503);
            assertThat(launch.error().path("message").asText()).contains("locked by another process");
            statement.executeUpdate("ROLLBACK");
            assertThat(fake.requests()).isEmpty();
            assertThat(daemon.get("/sessions").data()).isEmpty();
            daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        }
    }

    private static TestDaemon.Answer health(TestDaemon daemon) {
        return daemon.send(HttpRequest.newBuilder(daemon.url("/health")));
    }

    private static String page(TestDaemon daemon, String path) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> login = client.send(
                HttpRequest.newBuilder(daemon.root().resolve("/login"))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .header("origin", daemon.root().toString())
                        .POST(HttpRequest.BodyPublishers.ofString("token=" + daemon.token()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        return client.send(
                        HttpRequest.newBuilder(daemon.root().resolve(path))
                                .header("cookie", cookie)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Path file() {
        return home.resolve("patchbay.db");
    }
}
