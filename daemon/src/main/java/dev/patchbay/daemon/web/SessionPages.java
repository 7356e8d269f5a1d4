package dev.patchbay.daemon.web;

import dev.patchbay.Patchbay;
import dev.patchbay.daemon.event.EventHub;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.service.SessionService;
import dev.patchbay.daemon.web.view.ConversationPart;
import dev.patchbay.daemon.web.view.Figures;
import dev.patchbay.daemon.web.view.SessionLine;
import dev.patchbay.daemon.web.view.SessionList;
import dev.patchbay.daemon.web.view.SessionState;
import dev.patchbay.daemon.web.view.SessionView;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.registry.Provider;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionPage;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.spi.MediaSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The list of sessions, one session, and what can be done with it. */
final class SessionPages {

    /** As many that the first page weighs at most twice as much as one of ten sessions. */
    private static final int ON_A_PAGE = 20;

    private static final int RELOAD_SECONDS = 4;

    private final SessionService sessions;
    private final Patchbay patchbay;
    private final EventHub events;
    private final Conversation conversation;
    private final Templates templates;
    private final PageFrames frames;
    private final Clock clock;

    SessionPages(
            SessionService sessions,
            Patchbay patchbay,
            EventHub events,
            Templates templates,
            PageFrames frames,
            Clock clock) {
        this.sessions = sessions;
        this.patchbay = patchbay;
        this.events = events;
        this.conversation = new Conversation(sessions);
        this.templates = templates;
        this.frames = frames;
        this.clock = clock;
    }

    PageReply serve(PageCall call) {
        List<String> path = call.path();
        if (path.size() == 1) {
            return list(call);
        }
        String id = path.get(1);
        if (path.size() == 2) {
            return page(call, id, 200, "", "");
        }
        String part = path.get(2);
        if (call.isPost()) {
            return change(call, id, part);
        }
        return switch (part) {
            case "state" -> state(id);
            case "new" -> newest(call, id);
            case "unfinished" -> unfinished(id);
            case "earlier" -> earlier(call, id);
            case "pieces" -> piece(path);
            default -> throw WebPages.nothingHere();
        };
    }

    private PageReply list(PageCall call) {
        String filter = call.parameter("filter").orElse("normal");
        String search = call.parameter("q").orElse("");
        Optional<String> cursor = call.parameter("cursor");
        SessionQuery.Builder query = SessionQuery.builder()
                .filter(filter(filter))
                .leavesOnly(search.isEmpty())
                .text(search)
                .limit(ON_A_PAGE);
        cursor.ifPresent(query::cursor);
        long position = events.position();
        SessionPage page = sessions.list(query.build());
        Instant now = clock.instant();
        String base = "/sessions?filter=" + filter + "&q=" + WebAddress.encoded(search);
        SessionList view = new SessionList(
                page.sessions().stream()
                        .map(session -> SessionLine.of(session, now))
                        .toList(),
                filter,
                search,
                WebAddress.encoded(search),
                base + cursor.map(text -> "&cursor=" + WebAddress.encoded(text)).orElse(""),
                cursor.isPresent() ? base : "",
                page.next()
                        .map(next -> base + "&cursor=" + WebAddress.encoded(next))
                        .orElse(""),
                sessions.counts());
        if (call.isFragment()) {
            return PageReply.html(200, templates.render("sessionRows", Map.of("view", view)));
        }
        return PageReply.html(
                200,
                templates.render(
                        "sessions", Map.of("page", frames.of(call, "Sessions", "sessions", position), "view", view)));
    }

    private static SessionQuery.Filter filter(String word) {
        return switch (word) {
            case "normal", "archived", "draft" -> SessionQuery.Filter.valueOf(word.toUpperCase(Locale.ROOT));
            default -> throw Problem.of(400, "there is no list of sessions by that name");
        };
    }

    /** @param problem why what was sent with it was not done; empty for a page that is only read */
    private PageReply page(PageCall call, String id, int status, String problem, String draft) {
        long position = events.position();
        SessionRecord session = sessions.require(id);
        Instant now = clock.instant();
        boolean isPast = call.parameter("before").isPresent();
        ConversationPart part = conversation.before(
                session,
                call.parameter("of").map(sessions::require).orElse(session),
                call.parameter("before").map(SessionPages::number).orElse(Long.MAX_VALUE),
                now);
        SessionState state = state(session);
        long last = part.items().stream()
                .filter(item -> item.anchor().startsWith("m-" + session.id() + "-"))
                .mapToLong(item -> item.sequence())
                .max()
                .orElse(0);
        SessionView view = new SessionView(
                session.id(),
                Printable.line(session.title()),
                session.archived(),
                Figures.moment(session.createdAt(), now),
                session.parentId().orElse(""),
                state,
                part,
                isPast ? -1 : last,
                unfinished(id, last),
                session.provider().map(Printable::line).orElse(""),
                session.proxyEnabled(),
                choices(session),
                problem,
                draft);
        String title = session.title().isBlank() ? "Session" : Printable.line(session.title());
        return PageReply.html(
                status,
                templates.render(
                        "session",
                        Map.of(
                                "page",
                                frames.of(call, title, "sessions", position, state.isLive() ? RELOAD_SECONDS : 0),
                                "view",
                                view)));
    }

    private SessionView.Unfinished unfinished(String id, long last) {
        return events.unfinished(id)
                .filter(text -> text.sequence() > last)
                .map(text -> new SessionView.Unfinished(
                        text.sequence(),
                        text.type().equals("thinking"),
                        Printable.text(text.text()),
                        text.text().length()))
                .orElse(new SessionView.Unfinished(0, false, "", 0));
    }

    private PageReply unfinished(String id) {
        sessions.require(id);
        return PageReply.html(200, templates.render("unfinished", Map.of("unfinished", unfinished(id, 0))));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw Problem.of(400, "'" + text + "' is no position");
        }
    }

    /** Every provider that a session can go on with; first its own, whatever became of it. */
    private List<SessionView.Choice> choices(SessionRecord session) {
        String own = session.provider().orElse("");
        return patchbay.registry().providers().stream()
                .filter(provider -> provider.isReady() && !provider.id().equals(own))
                .map(provider -> new SessionView.Choice(
                        provider.id(),
                        provider.definition()
                                .flatMap(definition -> definition.defaultModel())
                                .orElse("")))
                .toList();
    }

    private PageReply state(String id) {
        return PageReply.html(200, templates.render("sessionState", Map.of("state", state(sessions.require(id)))));
    }

    private SessionState state(SessionRecord session) {
        Optional<Provider> provider = session.provider().flatMap(patchbay.registry()::findNamed);
        String baseUrl = session.proxyEnabled() && session.proxyBaseUrl().isPresent()
                ? session.proxyBaseUrl().get()
                : provider.flatMap(Provider::definition)
                        .flatMap(definition -> definition.baseUrl())
                        .map(PrintableUrl::of)
                        .orElse("");
        return SessionState.of(
                session,
                baseUrl,
                sessions.warnings(session.id()),
                provider.isPresent()
                        || session.proxyEnabled()
                        || session.provider().isEmpty(),
                session.status().isFinal() ? Optional.empty() : events.retrying(session.id()));
    }

    private PageReply newest(PageCall call, String id) {
        SessionRecord session = sessions.require(id);
        long after = call.parameter("after").map(SessionPages::number).orElse(0L);
        return PageReply.html(
                200,
                templates.render(
                        "conversationItems", Map.of("items", conversation.after(session, after, clock.instant()))));
    }

    private PageReply earlier(PageCall call, String id) {
        SessionRecord session = sessions.require(id);
        ConversationPart part = conversation.before(
                session,
                call.parameter("of").map(sessions::require).orElse(session),
                call.parameter("before").map(SessionPages::number).orElse(Long.MAX_VALUE),
                clock.instant());
        return PageReply.html(200, templates.render("conversation", Map.of("part", part)));
    }

    /** A piece as a whole: what a page shows only the beginning of. */
    private PageReply piece(List<String> path) {
        if (path.size() != 5) {
            throw WebPages.nothingHere();
        }
        long sequence = number(path.get(3));
        ConversationEvent event = sessions.messagesAfter(path.get(1), sequence - 1, 1).stream()
                .filter(found -> found.sequence() == sequence)
                .findFirst()
                .orElseThrow(WebPages::nothingHere);
        if (path.get(4).equals("text")) {
            return PageReply.text(200, Conversation.whole(event))
                    .with("content-disposition", "attachment; filename=\"session-" + sequence + ".txt\"");
        }
        MediaSource.Base64 picture = Conversation.picture(event.block()).orElseThrow(WebPages::nothingHere);
        byte[] bytes = Base64.getMimeDecoder().decode(picture.data().getBytes(StandardCharsets.ISO_8859_1));
        return new PageReply(200, picture.mediaType(), bytes, Map.of());
    }

    private PageReply change(PageCall call, String id, String what) {
        try {
            return switch (what) {
                case "continue" -> continueSession(call, id);
                case "interrupt" -> {
                    sessions.interrupt(id);
                    yield back(call, id);
                }
                case "title" -> {
                    sessions.update(
                            id,
                            UpdateRequest.builder()
                                    .title(call.form().text("title").orElse(""))
                                    .build());
                    yield back(call, id);
                }
                case "archive" -> {
                    boolean archived =
                            call.form().text("archived").orElse("true").equals("true");
                    sessions.update(
                            id, UpdateRequest.builder().archived(archived).build());
                    yield back(call, id);
                }
                case "forget" -> {
                    sessions.delete(id);
                    yield PageReply.to(call, "/sessions");
                }
                default -> throw WebPages.nothingHere();
            };
        } catch (RuntimeException refused) {
            Problem problem = Problem.of(refused);
            if (problem.status() == 404) {
                throw problem;
            }
            return refused(call, id, problem);
        }
    }

    private PageReply refused(PageCall call, String id, Problem problem) {
        String why = String.valueOf(problem.getMessage())
                + problem.help().map(help -> "\n" + help).orElse("");
        if (call.isFragment()) {
            return PageReply.html(problem.status(), templates.render("problemNote", Map.of("text", why)));
        }
        return page(call, id, problem.status(), why, call.form().text("query").orElse(""));
    }

    private static PageReply back(PageCall call, String id) {
        return PageReply.to(call, "/sessions/" + WebAddress.encoded(id));
    }

    private PageReply continueSession(PageCall call, String id) {
        String query = call.form().text("query").orElseThrow(() -> Problem.of(422, "the question is empty"));
        ContinueRequest.Builder request = ContinueRequest.query(query);
        call.form().text("provider").ifPresent(provider -> {
            request.provider(provider);
            request.model(call.form().text("model").orElse(null));
        });
        if (call.form().text("provider").isEmpty()) {
            call.form().text("model").ifPresent(request::model);
        }
        SessionRecord child = sessions.continueSession(id, request.build()).session();
        return PageReply.to(call, "/sessions/" + WebAddress.encoded(child.id()) + "?sent=" + WebAddress.encoded(id));
    }
}
