package dev.patchbay.daemon.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.daemon.service.SessionService;
import dev.patchbay.daemon.web.view.ConversationItem;
import dev.patchbay.daemon.web.view.ConversationPart;
import dev.patchbay.daemon.web.view.Figures;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What was said in a session, a page at a time; of what is long, its beginning. */
final class Conversation {

    /** Of a picture that browsers show, and that is no document with links or scripts in it. */
    static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final int PIECES = 40;
    private static final int MOST_MARKDOWN = 60_000;
    private static final int MOST_PLAIN = 8_000;
    private static final int BEGINNING = 2_000;

    /** Beyond it the part ends, so that no page is heavy. */
    private static final int MOST_CHARACTERS = 120_000;

    private static final JsonMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final SessionService sessions;
    private final Markdown markdown = new Markdown();

    Conversation(SessionService sessions) {
        this.sessions = sessions;
    }

    /**
     * The newest part of what was said before a position, through the sessions that this one continues.
     *
     * @param page the session whose page it is
     * @param of the session in which the position is
     */
    ConversationPart before(SessionRecord page, SessionRecord of, long sequence, Instant now) {
        List<ConversationItem> items = new ArrayList<>();
        SessionRecord session = of;
        long before = sequence;
        int characters = 0;
        while (true) {
            List<ConversationEvent> events = sessions.messagesBefore(session.id(), before, PIECES - items.size());
            List<ConversationItem> part = new ArrayList<>();
            for (int i = events.size() - 1; i >= 0; i--) {
                ConversationItem item = item(session, events.get(i), now);
                characters += item.html().length() + item.text().length();
                if (characters > MOST_CHARACTERS && !(items.isEmpty() && part.isEmpty())) {
                    break;
                }
                part.add(0, item);
                before = item.sequence();
            }
            items.addAll(0, part);
            boolean all = part.size() == events.size();
            if (all && before > 1 && !events.isEmpty() && items.size() < PIECES) {
                continue;
            }
            Optional<SessionRecord> parent = all && (before <= 1 || events.isEmpty())
                    ? session.parentId().flatMap(this::find)
                    : Optional.empty();
            if (parent.isEmpty() || items.size() >= PIECES) {
                boolean more = !(all && (before <= 1 || events.isEmpty())) || parent.isPresent();
                SessionRecord next = parent.orElse(session);
                return part(page, items, more, next.id(), parent.isPresent() ? Long.MAX_VALUE : before);
            }
            session = parent.get();
            before = Long.MAX_VALUE;
        }
    }

    private static ConversationPart part(
            SessionRecord page, List<ConversationItem> items, boolean more, String of, long before) {
        if (!more) {
            return new ConversationPart(List.copyOf(items), "", "");
        }
        String where = "of=" + WebAddress.encoded(of) + "&before=" + before;
        String self = "/sessions/" + WebAddress.encoded(page.id());
        return new ConversationPart(List.copyOf(items), self + "/earlier?" + where, self + "?" + where);
    }

    private Optional<SessionRecord> find(String id) {
        try {
            return Optional.of(sessions.require(id));
        } catch (RuntimeException forgotten) {
            return Optional.empty();
        }
    }

    /** What was said after a position, as much as one part holds. */
    List<ConversationItem> after(SessionRecord session, long sequence, Instant now) {
        return sessions.messagesAfter(session.id(), sequence, PIECES).stream()
                .map(event -> item(session, event, now))
                .toList();
    }

    /** The text of a piece as it is stored, and not as it is shown. */
    static String whole(ConversationEvent event) {
        ContentBlock block = event.block();
        if (event.text().isPresent()) {
            return event.text().get();
        }
        if (block instanceof ContentBlock.ToolUse call) {
            return json(call.input());
        }
        if (block instanceof ContentBlock.ToolResult result) {
            StringBuilder text = new StringBuilder();
            for (ContentBlock part : result.content()) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(part instanceof ContentBlock.Text said ? said.text() : described(part));
            }
            return text.toString();
        }
        return described(block);
    }

    private static String described(ContentBlock block) {
        return "[" + ConversationEvent.describe(block) + "]";
    }

    private static String json(Object value) {
        try {
            return INDENTED.writeValueAsString(value);
        } catch (JsonProcessingException never) {
            return String.valueOf(value);
        }
    }

    private ConversationItem item(SessionRecord session, ConversationEvent event, Instant now) {
        String whole = whole(event);
        String kind = kind(event);
        boolean formatted = kind.equals("assistant") && event.text().isPresent();
        boolean isLong = whole.length() > (formatted ? MOST_MARKDOWN : MOST_PLAIN);
        String shown = isLong ? beginning(whole) : whole;
        String html = formatted && !isLong ? formatted(shown) : "";
        String address = "/sessions/" + WebAddress.encoded(event.sessionId()) + "/pieces/" + event.sequence();
        Optional<MediaSource.Base64> picture = picture(event.block());
        return new ConversationItem(
                "m-" + event.sessionId() + "-" + event.sequence(),
                event.sequence(),
                kind,
                label(session, event, kind),
                Figures.moment(event.createdAt(), now),
                html,
                html.isEmpty() ? Printable.text(shown) : "",
                isLong ? Figures.bytes(whole.getBytes(StandardCharsets.UTF_8).length) : "",
                isLong ? address + "/text" : "",
                picture.isPresent() ? address + "/picture" : "",
                event.block() instanceof ContentBlock.ToolResult result && result.isError(),
                !event.isCompleted());
    }

    private String formatted(String text) {
        try {
            return markdown.html(Printable.text(text));
        } catch (RuntimeException | StackOverflowError tooDeep) {
            return "";
        }
    }

    private static String beginning(String text) {
        int end = Character.isHighSurrogate(text.charAt(BEGINNING - 1)) ? BEGINNING - 1 : BEGINNING;
        return text.substring(0, end) + "…";
    }

    static Optional<MediaSource.Base64> picture(ContentBlock block) {
        return block instanceof ContentBlock.Image image
                        && image.source() instanceof MediaSource.Base64 content
                        && PICTURES.contains(content.mediaType())
                ? Optional.of(content)
                : Optional.empty();
    }

    private static String kind(ConversationEvent event) {
        return switch (event.type()) {
            case MESSAGE -> event.role() == ChatMessage.Role.USER ? "user" : "assistant";
            case TOOL_CALL -> "tool-call";
            case TOOL_RESULT -> "tool-result";
            case THINKING -> "thinking";
            case SYSTEM -> "system";
        };
    }

    private static String label(SessionRecord session, ConversationEvent event, String kind) {
        if (event.block() instanceof ContentBlock.ToolUse call) {
            return "Tool call: " + Printable.line(call.name());
        }
        if (event.block() instanceof ContentBlock.ToolResult result) {
            return result.isError() ? "Tool result: an error" : "Tool result";
        }
        return switch (kind) {
            case "user" -> "You";
            case "assistant" ->
                session.modelId().or(session::model).map(Printable::line).orElse("Answer");
            default -> kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        };
    }
}
