package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What subscribers are told: all of it, in order, once. */
final class EventsTest {

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
    void textComesInPiecesWithoutIdAndThenAsAWhole() {
        Gate second = Gate.closed();
        fake.answer(Answer.text("Hel", "lo").holdBefore("\"lo\"", second));
        try (EventReader events = daemon.events("")) {
            String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            List<EventReader.Frame> frames = events.until(frame -> frame.type().equals("conversation_delta"));
            second.open();
            frames.addAll(events.untilEnded(id));
            List<String> types = frames.stream().map(EventReader.Frame::type).toList();
            assertThat(types)
                    .startsWith("conversation_updated", "session_status_changed", "conversation_delta")
                    .endsWith("conversation_updated", "session_status_changed");
            StringBuilder pieces = new StringBuilder();
            frames.stream()
                    .filter(frame -> frame.type().equals("conversation_delta"))
                    .peek(frame -> assertThat(frame.id()).isEmpty())
                    .forEach(frame -> pieces.append(frame.data().path("content").asText()));
            EventReader.Frame whole = frames.get(frames.size() - 2);
            // The last pieces may be left out where the whole is told as soon.
            assertThat(whole.data().path("content").asText()).isEqualTo("Hello").startsWith(pieces.toString());
            assertThat(pieces.toString()).startsWith("Hel");
            assertThat(whole.data().path("run_id").asText()).isNotEmpty();
            assertThat(frames.get(frames.size() - 1).data().path("old_status").asText())
                    .isEqualTo("running");
            assertThat(events.response().headers().firstValue("x-accel-buffering"))
                    .contains("no");
            assertThat(events.response().headers().firstValue("cache-control")).contains("no-cache, no-transform");
        }
    }

    @Test
    void whoComesInTheMiddleOfASessionIsToldWhatItsAnswerHasComeToAndEachPieceAfterItOnce() {
        Gate second = Gate.closed();
        fake.answer(Answer.text("Hel", "lo").holdBefore("\"lo\"", second));
        try (EventReader first = daemon.events("")) {
            String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            first.until(frame -> frame.type().equals("conversation_delta"));
            try (EventReader late = daemon.events("?sessionId=" + id)) {
                List<EventReader.Frame> frames =
                        late.until(frame -> frame.type().equals("conversation_delta"));
                assertThat(frames).hasSize(1);
                assertThat(frames.get(0).id()).isEmpty();
                assertThat(frames.get(0).data().path("offset").asLong(-1)).isZero();
                assertThat(frames.get(0).data().path("content").asText()).isEqualTo("Hel");
                second.open();
                frames = late.untilEnded(id);
                // The last piece may be left out where the whole is told as soon.
                assertThat(frames)
                        .filteredOn(frame -> frame.type().equals("conversation_delta"))
                        .allMatch(frame -> frame.data().path("offset").asLong() == 3);
                assertThat(frames.get(frames.size() - 2).data().path("content").asText())
                        .isEqualTo("Hello");
            }
        }
    }

    @Test
    void aSubscriberThatComesAgainGetsExactlyWhatItMissed() {
        List<Long> ids = new ArrayList<>();
        try (EventReader events = daemon.events("?eventTypes=conversation_updated")) {
            events.untilId(daemon.launch("{\"query\":\"one\",\"provider\":\"ok\"}"), 2)
                    .forEach(frame -> ids.add(frame.id().orElseThrow()));
        }
        String second = daemon.launch("{\"query\":\"two\",\"provider\":\"ok\"}");
        awaitEnd(second);
        try (EventReader events = daemon.events("", "Last-Event-ID", String.valueOf(ids.get(0)))) {
            List<EventReader.Frame> missed = events.untilEnded(second);
            String third = daemon.launch("{\"query\":\"three\",\"provider\":\"ok\"}");
            missed.addAll(events.untilEnded(third));
            List<Long> all = missed.stream()
                    .flatMapToLong(frame -> frame.id().stream())
                    .boxed()
                    .toList();
            assertThat(all)
                    .containsExactlyElementsOf(LongStream.rangeClosed(ids.get(0) + 1, all.get(all.size() - 1))
                            .boxed()
                            .toList());
        }
        try (EventReader events = daemon.events("?lastEventId=" + ids.get(0) + "&sessionId=" + second)) {
            assertThat(events.untilEnded(second))
                    .allMatch(frame -> frame.data().path("session_id").asText().equals(second));
        }
    }

    private void awaitEnd(String id) {
        try (EventReader events = daemon.events("?sessionId=" + id + "&lastEventId=0")) {
            events.untilEnded(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "-1", "x"})
    void anIdThatDoesNotFitTheStoreIsAnsweredByAReset(String lastId) {
        try (EventReader events = daemon.events("", "Last-Event-ID", lastId)) {
            EventReader.Frame first = events.next();
            assertThat(first.type()).isEqualTo("state_reset");
            assertThat(first.id()).isEmpty();
            String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            assertThat(events.untilEnded(id)).hasSizeGreaterThan(3);
        }
    }

    @Test
    void anIdThatIsOlderThanWhatIsKeptIsAnsweredByAReset() {
        String first = daemon.launch("{\"query\":\"one\",\"provider\":\"ok\"}");
        awaitEnd(first);
        awaitEnd(daemon.launch("{\"query\":\"two\",\"provider\":\"ok\"}"));
        assertThat(daemon.delete("/sessions/" + first).status()).isEqualTo(204);

        try (EventReader events = daemon.events("", "Last-Event-ID", "2")) {
            assertThat(events.next().type()).isEqualTo("state_reset");
            assertThat(events.untilEnded(daemon.launch("{\"query\":\"three\",\"provider\":\"ok\"}")))
                    .allMatch(frame -> frame.id().orElse(1) > 0);
        }
    }

    /** Whoever looks on and leaves changes nothing (scenario A16). */
    @Test
    void aSessionGoesOnWhenEverybodyWhoListenedHasLeft() {
        Gate rest = Gate.closed();
        fake.answer(Answer.text("one ", "two ", "three").holdBefore("two", rest));
        String id;
        try (EventReader one = daemon.events("");
                EventReader other = daemon.events("")) {
            id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            one.until(frame -> frame.type().equals("conversation_delta"));
            other.until(frame -> frame.type().equals("conversation_delta"));
        }
        rest.open();
        awaitEnd(id);
        assertThat(daemon.get("/sessions/" + id).data().path("status").asText()).isEqualTo("completed");
        assertThat(daemon.get("/sessions/" + id + "/messages")
                        .data()
                        .get(1)
                        .path("content")
                        .asText())
                .isEqualTo("one two three");
    }

    @Test
    void manyEventsAreReplayedInPagesAndThenFollowedLive() {
        try (SqliteSessionStore other = SqliteSessionStore.open(home.resolve("patchbay.db"))) {
            SessionRecord session = SessionRecord.builder("s", "r", "q", Instant.now())
                    .status(SessionStatus.RUNNING)
                    .build();
            other.create(session, List.of());
            for (int i = 1; i <= 400; i += 4) {
                List<SessionEvent> four = new ArrayList<>();
                for (int j = i; j < i + 4; j++) {
                    four.add(said(j));
                }
                other.update(session, four);
            }
            try (EventReader events = daemon.events("", "Last-Event-ID", "0")) {
                List<EventReader.Frame> frames =
                        events.until(frame -> frame.data().path("sequence").asLong() == 400);
                other.update(session, List.of(said(401)));
                frames.add(events.next());
                assertThat(frames.stream()
                                .mapToLong(frame -> frame.id().orElseThrow())
                                .boxed()
                                .toList())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, 401).boxed().toList());
            }
        }
    }

    private static SessionEvent said(int sequence) {
        return new SessionEvent.ConversationUpdated(
                "s",
                new ConversationEvent(
                        "s",
                        sequence,
                        Instant.now(),
                        ChatMessage.Role.ASSISTANT,
                        ContentBlock.text("text " + sequence + " x".repeat(2000)),
                        true));
    }

    /** What does not fit between live events comes from the store, and those who read nothing of it hold nobody up. */
    @Test
    void largeEventsReachWhoReadsWhileOthersReadNothing() throws Exception {
        String query = "x".repeat(3 << 20);
        try (EventReader live = daemon.events("")) {
            String id = daemon.launch("{\"query\":\"" + query + "\",\"provider\":\"ok\"}");
            assertThat(query(live.untilEnded(id))).isEqualTo(query);
        }
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket();
                stalled.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress("127.0.0.1", daemon.root().getPort()));
                socket.getOutputStream()
                        .write(
                                ("GET /api/v1/stream/events?lastEventId=0 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                                + daemon.token() + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            try (EventReader again = daemon.events("?lastEventId=0")) {
                assertThat(query(again.until(frame -> frame.type().equals("conversation_updated"))))
                        .isEqualTo(query);
            }
            assertThat(daemon.get("/sessions").status()).isEqualTo(200);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static String query(List<EventReader.Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.type().equals("conversation_updated"))
                .findFirst()
                .orElseThrow()
                .data()
                .path("content")
                .asText();
    }

    @Test
    void anotherTokenEndsWhatWasOpenedWithTheOldOne() throws Exception {
        try (EventReader events = daemon.events("")) {
            String old = daemon.token();
            Path draft = home.resolve("new-token");
            Files.copy(home.resolve("token"), draft, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(draft, "another-token-of-some-length\n");
            Files.move(draft, home.resolve("token"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            events.awaitEnd();
            assertThat(daemon.get("/sessions").status()).isEqualTo(200);
            assertThat(daemon.send(java.net.http.HttpRequest.newBuilder(daemon.url("/sessions"))
                                    .header("authorization", "Bearer " + old))
                            .status())
                    .isEqualTo(401);
        }
    }
}
