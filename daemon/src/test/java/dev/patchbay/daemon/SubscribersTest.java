package dev.patchbay.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many subscribers and many sessions (scenarios A03 and A12). */
final class SubscribersTest {

    private static final int STREAMS = 200;
    private static final int SESSIONS = 100;

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        fake.answer(Answer.text("Hel", "lo"));
        daemon = TestDaemon.start(home, fake);
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    @Test
    void whoHasLeftSubscribesNoMoreHoweverItLeft() throws Exception {
        List<Socket> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            Socket socket = new Socket("127.0.0.1", daemon.root().getPort());
            streams.add(socket);
            socket.getOutputStream()
                    .write(("GET /api/v1/stream/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + daemon.token() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        awaitSubscribers(STREAMS);
        for (int i = 0; i < STREAMS; i++) {
            if (i % 2 == 0) {
                // A reset, and not an orderly end.
                streams.get(i).setSoLinger(true, 0);
            }
            streams.get(i).close();
        }
        awaitSubscribers(0);
    }

    private void awaitSubscribers(int number) throws Exception {
        long deadline = System.nanoTime() + TestDaemon.LIMIT.toNanos();
        String line = "patchbay_events_subscribers " + number + ".0";
        while (!metrics().contains(line)) {
            assertThat(System.nanoTime()).as(line + " in time").isLessThan(deadline);
        }
    }

    private String metrics() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(daemon.root().resolve("/metrics"))
                                .header("authorization", "Bearer " + daemon.token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void theFinalStatusIsTheLastEventOfEachSessionBehindItsWholeAnswer() {
        Map<String, String> answers = new HashMap<>();
        Set<String> ended = new HashSet<>();
        try (EventReader events = daemon.events("")) {
            for (int i = 0; i < SESSIONS; i++) {
                daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            }
            while (ended.size() < SESSIONS) {
                EventReader.Frame frame = events.next();
                String id = frame.data().path("session_id").asText();
                assertThat(ended)
                        .as("sessions of which more is told behind their end")
                        .doesNotContain(id);
                if (frame.type().equals("conversation_updated")) {
                    answers.put(id, frame.data().path("content").asText());
                } else if (frame.data().path("new_status").asText().equals("completed")) {
                    assertThat(answers.get(id)).isEqualTo("Hello");
                    ended.add(id);
                }
            }
        }
    }
}
