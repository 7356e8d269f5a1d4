package dev.patchbay.daemon.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.event.PageRoom;
import dev.patchbay.daemon.service.SessionService;
import dev.patchbay.gateway.ServiceRequest;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.store.ConversationPage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A conversation of any length as one answer: a page is read when the one before has gone out, and what all pages hold until their clients
 * have read them is bounded. One that cannot be given as a whole breaks off, so that nobody takes a part for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What was not written ends the connection.
final class ConversationReply {

    private static final Logger LOG = System.getLogger(ConversationReply.class.getName());
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String END = "]}";

    /** What is written at once, so that it shows whether the client reads. */
    private static final int MOST_AT_ONCE = 1 << 18;

    /** How long a client may read nothing, for which others wait. */
    private static final long MOST_STILL_SECONDS = 30;

    private final SessionService sessions;
    private final PageRoom room;
    private final ServiceRequest request;
    private final HttpServerResponse response;
    private final Deque<String> ids;
    private final AtomicLong held = new AtomicLong();
    private long sequence;
    private String before = "{\"data\":[";

    private ConversationReply(SessionService sessions, PageRoom room, ServiceRequest request, List<String> ids) {
        this.sessions = sessions;
        this.room = room;
        this.request = request;
        this.ids = new ArrayDeque<>(ids);
        this.response = request.stream(Reply.JSON, this::giveBack);
    }

    /**
     * Begins to answer.
     *
     * @param ids of the sessions of which the conversation consists, in order
     */
    static void begin(SessionService sessions, PageRoom room, ServiceRequest request, List<String> ids) {
        new ConversationReply(sessions, room, request, ids).next();
    }

    private void next() {
        room.read(this::guarded);
    }

    private void guarded() {
        try {
            page();
        } catch (RuntimeException failure) {
            LOG.log(Level.DEBUG, "a conversation could not be given as a whole", failure);
            breakOff();
        }
    }

    private void page() {
        ConversationPage page = new ConversationPage(List.of(), true);
        while (!ids.isEmpty() && page.events().isEmpty() && !request.isGone()) {
            page = sessions.messagesPage(ids.getFirst(), sequence);
            if (page.events().isEmpty()) {
                ids.removeFirst();
                sequence = 0;
            }
        }
        List<ConversationEvent> events = page.events();
        if (request.isGone()) {
            room.give(0);
            return;
        }
        if (events.isEmpty()) {
            request.dispatch(() -> response.end(before.startsWith("{") ? before + END : END));
            return;
        }
        boolean isAll = page.isLast() && ids.size() == 1;
        byte[] bytes = json(events, isAll ? END : "");
        if (!room.take(bytes.length, this::guarded)) {
            return;
        }
        held.set(bytes.length);
        if (request.isGone()) {
            giveBack();
            return;
        }
        before = ",";
        sequence = events.get(events.size() - 1).sequence();
        if (page.isLast()) {
            ids.removeFirst();
            sequence = 0;
        }
        request.dispatch(() -> write(Buffer.buffer(bytes), 0, isAll));
    }

    private byte[] json(List<ConversationEvent> events, String end) {
        StringBuilder text = new StringBuilder(before);
        for (int i = 0; i < events.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(Json.text(MAPPER.<JsonNode>valueToTree(events.get(i).toJson())));
        }
        return text.append(end).toString().getBytes(UTF_8);
    }

    private void write(Buffer page, int from, boolean isAll) {
        int to = Math.min(page.length(), from + MOST_AT_ONCE);
        response.write(page.slice(from, to))
                .timeout(MOST_STILL_SECONDS, TimeUnit.SECONDS)
                .onFailure(still -> breakOff())
                .onSuccess(sent -> {
                    if (to < page.length()) {
                        write(page, to, isAll);
                        return;
                    }
                    giveBack();
                    if (isAll) {
                        response.end();
                        return;
                    }
                    next();
                });
    }

    private void breakOff() {
        request.cutOff();
    }

    private void giveBack() {
        long bytes = held.getAndSet(0);
        if (bytes > 0) {
            room.give(bytes);
        }
    }
}
