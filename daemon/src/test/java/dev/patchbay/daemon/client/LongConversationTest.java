package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that are longer than one should hold in memory. */
@Tag("process")
final class LongConversationTest {

    private static final String LONG = "0123456789".repeat(150_000);

    @TempDir
    Path home;

    @Test
    void isGivenAsAWholeInOrderThroughItsSessions() {
        try (FakeProvider fake = FakeProvider.start();
                TestDaemon daemon = TestDaemon.start(home, fake)) {
            fake.answer(Answer.thinking("short").thenText(LONG).thenToolCall("t", "look", "{}"));
            String first = ended(daemon, daemon.launch("{\"query\":\"Q1\",\"provider\":\"ok\"}"));
            fake.answer(Answer.text("\"quoted\" \ud83d\ude00"));
            String second = ended(
                    daemon,
                    daemon.post("/sessions/" + first + "/continue", "{\"query\":\"Q2\"}")
                            .data()
                            .path("session_id")
                            .asText());
            List<String> said = new ArrayList<>();
            for (JsonNode event :
                    daemon.get("/sessions/" + second + "/messages").data()) {
                said.add(event.path("event_type").asText() + " "
                        + event.path("content").asText());
            }
            assertThat(said)
                    .containsExactly(
                            "message Q1",
                            "thinking short",
                            "message " + LONG,
                            "tool_call ",
                            "message Q2",
                            "message \"quoted\" \ud83d\ude00");
            String draft = daemon.launch("{\"query\":\"Q\",\"provider\":\"ok\",\"draft\":true}");
            assertThat(daemon.get("/sessions/" + draft + "/messages").http().body())
                    .isEqualTo("{\"data\":[]}");
            assertThat(daemon.get("/sessions/none/messages").status()).isEqualTo(404);
        }
    }

    @Test
    void costsADaemonLittleWhoeverAsksForItAndReadsNothing() throws Exception {
        String id = "long";
        String huge = LONG.repeat(2);
        List<SessionEvent> said = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            said.add(new SessionEvent.ConversationUpdated(
                    id,
                    new ConversationEvent(id, i, Instant.now(), ChatMessage.Role.USER, ContentBlock.text(huge), true)));
        }
        try (SqliteSessionStore store = SqliteSessionStore.open(home.resolve("patchbay.db"))) {
            store.create(
                    SessionRecord.builder(id, "run", "Q", Instant.now())
                            .status(SessionStatus.COMPLETED)
                            .build(),
                    said);
        }
        List<Socket> clients = new ArrayList<>();
        try (DaemonProcess daemon = DaemonProcess.start(
                home, "providers: {}", Map.of("JDK_JAVA_OPTIONS", "-Xmx128m -XX:+ExitOnOutOfMemoryError"))) {
            for (int i = 0; i < 4; i++) {
                Socket client = new Socket();
                clients.add(client);
                client.setReceiveBufferSize(4096);
                client.connect(new InetSocketAddress("127.0.0.1", daemon.url().getPort()));
                client.getOutputStream()
                        .write(("GET /api/v1/sessions/" + id
                                        + "/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + daemon.token() + "\r\n\r\n")
                                .getBytes(US_ASCII));
                assertThat(client.getInputStream().read()).isEqualTo('H');
            }
            String whole = get(daemon, "/sessions/" + id + "/messages");
            assertThat(Json.parse(whole).path("data")).hasSize(6);
            assertThat(whole.length()).isGreaterThan(6 * huge.length());
            assertThat(Json.parse(get(daemon, "/health")).path("status").asText())
                    .isEqualTo("ok");
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static String get(DaemonProcess daemon, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(daemon.url().resolve("/api/v1" + path))
                                .header("authorization", "Bearer " + daemon.token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String ended(TestDaemon daemon, String id) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!daemon.get("/sessions/" + id).data().path("status").asText().equals("completed")) {
            assertThat(System.nanoTime()).as("ended in time").isLessThan(deadline);
        }
        return id;
    }
}
