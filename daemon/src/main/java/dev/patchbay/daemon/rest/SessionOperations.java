package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.event.PageRoom;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.service.SessionService;
import dev.patchbay.daemon.service.SessionService.Started;
import dev.patchbay.internal.route.TraceContext;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionPage;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.store.SessionCounts;
import dev.patchbay.store.UsageLine;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sessions over REST: from JSON to the service and back. */
final class SessionOperations {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;
    private static final int MOST_IDS = 10_000;
    private static final String WARNINGS = "warnings";

    private final SessionService sessions;
    private final PageRoom conversations = new PageRoom(Runtime.getRuntime().maxMemory() / 8);

    @Inject
    SessionOperations(SessionService sessions) {
        this.sessions = sessions;
    }

    void addTo(ApiRoutes routes) {
        routes.add(HttpMethod.POST, "/sessions", this::launch)
                .add(HttpMethod.GET, "/sessions", this::list)
                .add(HttpMethod.GET, "/sessions/search", this::search)
                .add(HttpMethod.POST, "/sessions/archive", this::archive)
                .add(HttpMethod.POST, "/sessions/restore", this::restore)
                .add(HttpMethod.GET, "/sessions/{id}", call -> one(sessions.require(call.id())))
                .add(HttpMethod.PATCH, "/sessions/{id}", this::update)
                .add(HttpMethod.DELETE, "/sessions/{id}", this::delete)
                .add(HttpMethod.POST, "/sessions/{id}/continue", this::continueSession)
                .add(HttpMethod.POST, "/sessions/{id}/interrupt", this::interrupt)
                .add(HttpMethod.POST, "/sessions/{id}/launch", this::launchDraft)
                .add(HttpMethod.DELETE, "/sessions/{id}/launch", this::discardDraft)
                .add(HttpMethod.GET, "/sessions/{id}/messages", this::messages)
                .add(HttpMethod.GET, "/usage", this::usage);
    }

    private Reply launch(Call call) {
        Fields fields = call.fields();
        boolean draft = fields.truth("draft").orElse(false);
        LaunchRequest request = RequestBodies.launch(fields, call.headers());
        return Reply.data(201, draft ? ids(sessions.draft(request)) : ids(sessions.launch(request)));
    }

    private Reply launchDraft(Call call) {
        sessions.require(call.id());
        Fields fields = call.fields();
        String prompt = fields.text("prompt").orElse("");
        if (prompt.isBlank()) {
            fields.refuse("prompt", "must not be blank");
        }
        fields.require();
        Started started = sessions.launchDraft(
                call.id(),
                prompt,
                TraceContext.headers(
                        call.headers().get("traceparent"), call.headers().get("tracestate")));
        Map<String, Object> shown = new LinkedHashMap<>(started.session().toJson());
        if (!started.warnings().isEmpty()) {
            shown.put(WARNINGS, started.warnings());
        }
        return Reply.data(200, shown);
    }

    private Reply discardDraft(Call call) {
        sessions.discardDraft(call.id());
        return Reply.none();
    }

    private Reply search(Call call) {
        String words = call.parameter("query").orElse("");
        if (words.isBlank()) {
            throw Problem.field("query", "must not be blank");
        }
        SessionQuery query = SessionQuery.builder()
                .text(words)
                .limit(call.number("limit", DEFAULT_LIMIT, 1, MOST))
                .build();
        return Reply.data(200, all(sessions.list(query).sessions()));
    }

    private Reply archive(Call call) {
        List<String> ids = ids(call);
        Fields fields = call.fields();
        boolean archived = fields.truth("archived").orElse(true);
        fields.require();
        return bulk(sessions.archive(ids, archived));
    }

    private Reply restore(Call call) {
        return bulk(sessions.restore(ids(call)));
    }

    private static Reply bulk(List<String> failed) {
        ObjectNode data = Json.object().put("success", failed.isEmpty());
        if (!failed.isEmpty()) {
            failed.forEach(data.putArray("failed_sessions")::add);
        }
        return Reply.data(failed.isEmpty() ? 200 : 207, data);
    }

    private static List<String> ids(Call call) {
        List<String> ids = new ArrayList<>();
        for (JsonNode id : call.body().path("session_ids")) {
            if (!id.isTextual() || id.textValue().isEmpty()) {
                ids.clear();
                break;
            }
            ids.add(id.textValue());
        }
        if (ids.isEmpty() || ids.size() > MOST_IDS) {
            throw Problem.of(400, "session_ids must be a list of 1 to " + MOST_IDS + " ids");
        }
        return ids;
    }

    private Reply usage(Call call) {
        UsageLine.By by = by(call.parameter("by").orElse("day"));
        ArrayNode data = Json.array();
        for (UsageLine line :
                sessions.usage(by, UsageTime.from(call.parameter("from")), UsageTime.to(call.parameter("to")))) {
            ObjectNode json = data.addObject();
            json.put(by.name().toLowerCase(Locale.ROOT), line.group())
                    .put("calls", line.calls())
                    .put("failed", line.failed());
            line.inputTokens().ifPresent(tokens -> json.put("input_tokens", tokens));
            line.outputTokens().ifPresent(tokens -> json.put("output_tokens", tokens));
            line.costUsd().ifPresent(cost -> json.put("cost_usd", cost));
            json.put("calls_without_cost", line.unpriced());
            line.firstToken().ifPresent(time -> json.put("first_token_ms", time.toMillis()));
        }
        return Reply.data(200, data);
    }

    private static UsageLine.By by(String word) {
        return switch (word) {
            case "day", "provider", "model" -> UsageLine.By.valueOf(word.toUpperCase(Locale.ROOT));
            default -> throw Problem.of(400, "the query parameter by is day, provider or model, not '" + word + "'");
        };
    }

    private Reply continueSession(Call call) {
        String parent = call.id();
        sessions.require(parent);
        Started session = sessions.continueSession(parent, RequestBodies.continuation(call.fields(), call.headers()));
        return Reply.data(201, ids(session).put("claude_session_id", "").put("parent_session_id", parent));
    }

    private Reply update(Call call) {
        sessions.require(call.id());
        return one(sessions.update(call.id(), RequestBodies.update(call.fields())));
    }

    private Reply interrupt(Call call) {
        sessions.interrupt(call.id());
        return Reply.data(
                200,
                Json.object().put("success", true).put("session_id", call.id()).put("status", "interrupting"));
    }

    private Reply delete(Call call) {
        sessions.delete(call.id());
        return Reply.none();
    }

    private Reply messages(Call call) {
        List<String> ids = sessions.chain(call.id());
        Optional<byte[]> whole = sessions.shortConversation(ids).map(ConversationReply::whole);
        return Reply.inParts(request -> ConversationReply.begin(sessions, conversations, request, ids, whole));
    }

    private Reply list(Call call) {
        SessionQuery.Builder query = SessionQuery.builder()
                .filter(filter(call))
                .leavesOnly(call.flag("leaves_only", true))
                .limit(call.number("limit", DEFAULT_LIMIT, 1, MOST));
        call.parameter("cursor").ifPresent(query::cursor);
        SessionPage page = sessions.list(query.build());
        SessionCounts counts = sessions.counts();
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("normal", counts.normal());
        numbers.put("archived", counts.archived());
        numbers.put("draft", counts.draft());
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("data", all(page.sessions()));
        reply.put("counts", numbers);
        page.next().ifPresent(next -> reply.put("next_cursor", next));
        return Reply.values(200, reply);
    }

    private static SessionQuery.Filter filter(Call call) {
        String word = call.parameter("filter").orElse("normal");
        return switch (word) {
            case "normal", "archived", "draft" -> SessionQuery.Filter.valueOf(word.toUpperCase(Locale.ROOT));
            default ->
                throw Problem.of(400, "the query parameter filter is normal, archived or draft, not '" + word + "'");
        };
    }

    private static ObjectNode ids(SessionRecord session) {
        return Json.object().put("session_id", session.id()).put("run_id", session.runId());
    }

    private static ObjectNode ids(Started started) {
        ObjectNode ids = ids(started.session());
        if (!started.warnings().isEmpty()) {
            started.warnings().forEach(ids.putArray(WARNINGS)::add);
        }
        return ids;
    }

    private static Reply one(SessionRecord session) {
        return Reply.data(200, session.toJson());
    }

    private static List<Map<String, Object>> all(List<SessionRecord> found) {
        return found.stream().map(SessionRecord::toJson).toList();
    }
}
