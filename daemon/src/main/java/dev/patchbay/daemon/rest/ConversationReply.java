package dev.patchbay.daemon.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.daemon.event.PageRoom;
import dev.patchbay.daemon.service.SessionService;
import dev.patchbay.gateway.ServiceRequest;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.store.ConversationPage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A conversation of any length as one answer: a page is read when the one before has gone out, and what all pages hold until their clients
 * have read them is bounded. One that cannot be given as a whole breaks off, so that nobody takes a part for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What was not written ends the connection.
final class ConversationReply {

    private static final Logger LOG = System.getLogger(ConversationReply.class.getName());

    private static final String BEGINNING = "{\"data\":[";
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
    private String before = BEGINNING;

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
     * @param whole all of it, if it was short enough to be read at once
     */
    static void begin(
            SessionService sessions, PageRoom room, ServiceRequest request, List<String> ids, Optional<byte[]> whole) {
        ConversationReply reply = new ConversationReply(sessions, room, request, ids);
        if (whole.isEmpty()) {
            reply.next();
        } else if (room.take(whole.get().length, reply::guarded)) {
            reply.held.set(whole.get().length);
            reply.write(Buffer.buffer(whole.get()), 0, true);
        }
    }

    /** The whole answer of one that is short. */
    static byte[] whole(List<ConversationEvent> all) {
        return json(BEGINNING, all, END);
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
        byte[] bytes = json(before, events, isAll ? END : "");
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

    private static byte[] json(String before, List<ConversationEvent> events, String end) {
        byte[] array =
                Reply.bytes(events.stream().map(ConversationEvent::toJson).toList());
        byte[] first = before.getBytes(UTF_8);
        byte[] last = end.getBytes(UTF_8);
        // What stands between the brackets.
        int length = array.length - 2;
        byte[] text = Arrays.copyOf(first, first.length + length + last.length);
        System.arraycopy(array, 1, text, first.length, length);
        System.arraycopy(last, 0, text, first.length + length, last.length);
        return text;
    }

    private void write(Buffer page, int from, boolean isAll) {
        int to = Math.min(page.length(), from + MOST_AT_ONCE);
        Buffer part = page.slice(from, to);
        boolean isEnd = isAll && to == page.length();
        Future<Void> written = isEnd ? response.end(part) : response.write(part);
        written.timeout(MOST_STILL_SECONDS, TimeUnit.SECONDS)
                .onFailure(still -> {
                    giveBack();
                    breakOff();
                })
                .onSuccess(sent -> {
                    if (to < page.length()) {
                        write(page, to, isAll);
                        return;
                    }
                    giveBack();
                    if (!isEnd) {
                        next();
                    }
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
