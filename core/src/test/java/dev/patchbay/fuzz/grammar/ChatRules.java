package dev.patchbay.fuzz.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The event stream of OpenAI chat (dialects.md, VS1 to VS3). */
public final class ChatRules {

    private static final Set<String> REASONS = Set.of("stop", "length", "tool_calls", "content_filter");
    private static final Set<String> DELTAS =
            Set.of("content", "refusal", "reasoning_content", "tool_calls", "annotations");

    private final Checks checks = new Checks();
    private final boolean withUsage;
    private String head = "";
    private int calls;
    private boolean finished;
    private boolean counted;
    private boolean ended;

    private ChatRules(boolean withUsage) {
        this.withUsage = withUsage;
    }

    /**
     * The violations in the text of a whole stream.
     *
     * @param withUsage whether the client has asked for the usage
     */
    public static List<String> violations(String stream, boolean withUsage) {
        ChatRules rules = new ChatRules(withUsage);
        Frame.of(stream, rules.checks.violations()).forEach(rules::frame);
        rules.checks.check(rules.ended, "no [DONE] and no error");
        return rules.checks.violations();
    }

    private void frame(Frame frame) {
        checks.check(!ended, "something after the end", frame);
        checks.check(frame.name().isEmpty(), "an event line", frame);
        if (frame.data().equals("[DONE]")) {
            checks.check(finished, "[DONE] without a finish_reason");
            checks.check(counted == withUsage, "the usage is missing, or was not asked for");
            ended = true;
            return;
        }
        JsonNode chunk = frame.json();
        checks.check(chunk.isObject(), "not a JSON object", frame.data());
        if (chunk.has("error")) {
            error(chunk.path("error"));
        } else {
            chunk(chunk);
        }
    }

    private void error(JsonNode error) {
        checks.check(!finished, "an error after the finish");
        checks.text(error, "message");
        checks.text(error, "type");
        checks.members(error, "code");
        ended = true;
    }

    private void chunk(JsonNode chunk) {
        checks.check(chunk.path("object").asText().equals("chat.completion.chunk"), "not a chunk", chunk);
        checks.text(chunk, "id");
        checks.text(chunk, "model");
        checks.count(chunk, "created");
        JsonNode choices = chunk.path("choices");
        String own = chunk.path("id") + " " + chunk.path("created") + " " + chunk.path("model");
        checks.check(head.isEmpty() || head.equals(own), "another id, time or model", chunk);
        if (finished) {
            usage(chunk, choices);
        } else {
            checks.check(choices.size() == 1, "not one choice", chunk);
            checks.check(choices.path(0).path("index").asInt(-1) == 0, "not the choice 0", chunk);
            choice(choices.path(0));
        }
        head = own;
    }

    private void usage(JsonNode chunk, JsonNode choices) {
        checks.check(choices.isArray() && choices.isEmpty(), "a choice after the finish", chunk);
        checks.check(!counted, "two chunks with the usage");
        counted = true;
        for (String member : List.of("prompt_tokens", "completion_tokens", "total_tokens")) {
            checks.count(chunk.path("usage"), member);
        }
    }

    private void choice(JsonNode choice) {
        JsonNode delta = choice.path("delta");
        checks.check(delta.isObject(), "no delta", choice);
        if (head.isEmpty()) {
            checks.check(delta.path("role").asText().equals("assistant"), "no role at the start", choice);
            checks.anyText(delta, "content");
            return;
        }
        if (!choice.path("finish_reason").isNull()) {
            checks.check(REASONS.contains(choice.path("finish_reason").asText()), "finish_reason", choice);
            checks.check(delta.isEmpty(), "a finish with a delta", choice);
            finished = true;
            return;
        }
        checks.check(delta.size() == 1, "not one member in the delta", choice);
        Iterator<String> names = delta.fieldNames();
        String name = names.hasNext() ? names.next() : "";
        checks.check(DELTAS.contains(name), "unknown delta", choice);
        if (name.equals("tool_calls")) {
            checks.check(delta.path(name).size() == 1, "not one call", choice);
            call(delta.path(name).path(0));
        } else if (name.equals("annotations")) {
            checks.text(delta.path(name).path(0).path("url_citation"), "url");
        } else {
            checks.text(delta, name);
        }
    }

    private void call(JsonNode call) {
        checks.anyText(call.path("function"), "arguments");
        int index = call.path("index").asInt(-1);
        if (!call.has("id")) {
            checks.check(index == calls - 1, "arguments for another call than the last", call);
            return;
        }
        checks.check(index == calls, "the index of a call is not the next one", call);
        calls++;
        checks.text(call, "id");
        checks.check(call.path("type").asText().equals("function"), "a call that is no function", call);
        checks.text(call.path("function"), "name");
    }
}
