package dev.patchbay.daemon.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.session.EventLog;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Locale;

/**
 * One event as subscribers get it, written once for all of them.
 *
 * @param position in the log; 0 for what is not stored
 * @param type such as {@code conversation_updated}
 */
record Frame(long position, String type, String sessionId, String runId, Buffer bytes) {

    /** In bytes: what is larger is given to each client when there is room for it. */
    static final int LARGE = 1 << 20;

    /** The provider failed, and is asked again: told to the page alone. */
    static final String RETRYING = "session_retrying";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What is stored, with its position as id. */
    static Frame of(EventLog.Entry entry) {
        SessionEvent event = entry.event();
        ObjectNode data = Json.object();
        data.put("session_id", event.sessionId()).put("run_id", entry.runId());
        String type = fill(data, event);
        return new Frame(
                entry.position(),
                type,
                event.sessionId(),
                entry.runId(),
                bytes("id: " + entry.position() + "\n", type, entry.at(), data));
    }

    /** Whether it is told to the page alone. */
    boolean isForPages() {
        return type.equals(RETRYING);
    }

    boolean isLarge() {
        return bytes.length() > LARGE;
    }

    /** What is not stored, and not told again: without an id. */
    static Frame passing(String type, String sessionId, String runId, Instant at, ObjectNode data) {
        return new Frame(0, type, sessionId, runId, bytes("", type, at, data));
    }

    /** That it happened; what is not stored is told as it is. */
    Buffer brief() {
        if (position == 0) {
            return bytes;
        }
        ObjectNode frame = Json.object();
        frame.put("type", type).putObject("data").put("session_id", sessionId);
        return Buffer.buffer(("id: " + position + "\ndata: " + Json.text(frame) + "\n\n").getBytes(UTF_8));
    }

    private static Buffer bytes(String id, String type, Instant at, ObjectNode data) {
        ObjectNode frame = Json.object();
        frame.put("type", type).put("timestamp", at.toString());
        frame.set("data", data);
        return Buffer.buffer((id + "data: " + Json.text(frame) + "\n\n").getBytes(UTF_8));
    }

    private static String fill(ObjectNode data, SessionEvent event) {
        if (event instanceof SessionEvent.StatusChanged changed) {
            data.put("old_status", changed.from().word());
            data.put("new_status", changed.to().word());
            return "session_status_changed";
        }
        if (event instanceof SessionEvent.ConversationUpdated updated) {
            data.setAll(
                    (ObjectNode) MAPPER.<JsonNode>valueToTree(updated.event().toJson()));
            return "conversation_updated";
        }
        if (event instanceof SessionEvent.ProviderChanged changed) {
            ProviderException failure = changed.failure();
            data.put("from", changed.from()).put("to", changed.to()).put("model", changed.model());
            ObjectNode error = data.putObject("error");
            error.put("provider", changed.from());
            failure.status().ifPresent(status -> error.put("status", status));
            error.put("type", failure.kind().name().toLowerCase(Locale.ROOT));
            error.put("message", String.valueOf(failure.getMessage()));
            failure.help().ifPresent(help -> error.put("hint", help));
            return "provider_changed";
        }
        if (event instanceof SessionEvent.SettingsChanged changed) {
            data.set("session", MAPPER.valueToTree(changed.session().toJson()));
            return "session_settings_changed";
        }
        throw new IllegalStateException(event.getClass() + " is not stored");
    }
}
