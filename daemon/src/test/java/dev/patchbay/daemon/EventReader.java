package dev.patchbay.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.contract.ReplyContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A subscriber that reads frames on a thread of its own. */
public final class EventReader implements AutoCloseable {

    /** One frame. */
    public record Frame(OptionalLong id, String type, JsonNode data) {}

    private static final Frame END = new Frame(OptionalLong.empty(), "", Json.object());

    private final HttpResponse<InputStream> response;
    private final LinkedBlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
        thread.start();
    }

    static EventReader open(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            return new EventReader(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            OptionalLong id = OptionalLong.empty();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = OptionalLong.of(Long.parseLong(line.substring(4)));
                } else if (line.startsWith("data: ")) {
                    ReplyContract.checkFrame(line.substring(6));
                    JsonNode json = Json.parse(line.substring(6));
                    frames.add(new Frame(id, json.path("type").asText(), json.path("data")));
                    id = OptionalLong.empty();
                }
            }
        } catch (IOException cut) {
            // Told as the end.
        } finally {
            frames.add(END);
        }
    }

    /** The next frame, whatever it is. */
    public Frame next() {
        try {
            Frame frame = frames.poll(TestDaemon.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(frame).as("a frame in time").isNotNull();
            assertThat(frame).as("the stream has not ended").isNotSameAs(END);
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of the stream; frames before it are thrown away. */
    public void awaitEnd() {
        try {
            Frame frame;
            do {
                frame = frames.poll(TestDaemon.LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(frame).as("the end in time").isNotNull();
            } while (frame != END);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All frames up to the first that is wanted, that one included. */
    public List<Frame> until(Predicate<Frame> wanted) {
        List<Frame> all = new ArrayList<>();
        do {
            all.add(next());
        } while (!wanted.test(all.get(all.size() - 1)));
        return all;
    }

    /** All frames up to the end of a session. */
    public List<Frame> untilEnded(String sessionId) {
        return until(frame -> frame.type().equals("session_status_changed")
                && frame.data().path("session_id").asText().equals(sessionId)
                && List.of("completed", "failed", "interrupted")
                        .contains(frame.data().path("new_status").asText()));
    }

    /** All frames up to a piece of a session's conversation. */
    public List<Frame> untilId(String sessionId, long sequence) {
        return until(frame -> frame.data().path("session_id").asText().equals(sessionId)
                && frame.data().path("sequence").asLong() == sequence);
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException ended) {
            // Nothing is left to be ended.
        }
    }
}
