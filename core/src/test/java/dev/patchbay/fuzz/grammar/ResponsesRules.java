package dev.patchbay.fuzz.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The event stream of OpenAI Responses (dialects.md, P4 and P5). */
public final class ResponsesRules {

    private static final Set<String> ENDS = Set.of("response.completed", "response.incomplete", "response.failed");
    /** One that was cut by the end of the answer is incomplete. */
    private static final Set<String> DONE = Set.of("completed", "incomplete");

    private final Checks checks = new Checks();
    private final List<JsonNode> done = new ArrayList<>();
    private String id = "";
    private JsonNode open = MissingNode.getInstance();
    private final List<String> inside = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int partStart;
    private int parts;
    private int events;
    private boolean ended;
    private boolean failed;

    private ResponsesRules() {}

    /** The violations in the text of a whole stream. */
    public static List<String> violations(String stream) {
        ResponsesRules rules = new ResponsesRules();
        for (Frame frame : Frame.of(stream, rules.checks.violations())) {
            JsonNode event = frame.json();
            rules.checks.check(event.isObject(), "not a JSON object", frame.data());
            rules.checks.check(
                    frame.name().equals(event.path("type").asText("-")), "the event line is not the type", frame);
            rules.event(event);
        }
        rules.checks.check(rules.ended, "no response.completed, .incomplete or .failed");
        return rules.checks.violations();
    }

    private void event(JsonNode event) {
        String type = event.path("type").asText();
        if (failed && type.equals("error")) {
            error(event);
            return;
        }
        checks.check(!ended, "something after the end", event);
        checks.check(event.path("sequence_number").asInt(-1) == events, "not the next sequence_number", event);
        checks.check((events == 0) == type.equals("response.created"), "response.created is not the first", event);
        events++;
        if (event.has("response")) {
            response(type, event.path("response"));
            return;
        }
        checks.check(event.path("output_index").asInt(-1) == done.size(), "another output_index", event);
        switch (type) {
            case "response.output_item.added" -> added(event.path("item"));
            case "response.output_item.done" -> itemDone(event.path("item"));
            default -> part(type, event);
        }
    }

    private void response(String type, JsonNode response) {
        checks.members(response, "created_at", "model", "error", "incomplete_details", "usage");
        checks.text(response, "id");
        checks.check(id.isEmpty() || id.equals(response.path("id").asText()), "another id", response);
        id = response.path("id").asText();
        String status = type.equals("response.created") ? "in_progress" : type.substring("response.".length());
        checks.check(response.path("status").asText().equals(status), "the status does not fit", response);
        if (!ENDS.contains(type)) {
            return;
        }
        ended = true;
        List<JsonNode> output = new ArrayList<>();
        response.path("output").forEach(output::add);
        if (status.equals("failed")) {
            failed = true;
            cut(output).ifPresent(item -> checks.check(item.path("id").equals(open.path("id")), "another item", item));
            checks.text(response.path("error"), "code");
            checks.text(response.path("error"), "message");
        }
        checks.check(output.equals(done), "the output is not what was sent", response);
        if (failed) {
            return;
        }
        checks.check(open.isMissingNode(), "the end while an item is open");
        checks.check(
                status.equals("incomplete")
                        == response.path("incomplete_details").isObject(),
                "incomplete_details do not fit",
                response);
        usage(response.path("usage"));
    }

    /** Takes the item that was not whole out of the output of a failure. */
    private static Optional<JsonNode> cut(List<JsonNode> output) {
        int last = output.size() - 1;
        boolean cut = last >= 0 && output.get(last).path("status").asText().equals("incomplete");
        return cut ? Optional.of(output.remove(last)) : Optional.empty();
    }

    /** What follows a failure, for clients that skip it; nothing follows this. */
    private void error(JsonNode event) {
        failed = false;
        checks.check(event.path("sequence_number").asInt(-1) == events, "not the next sequence_number", event);
        checks.text(event.path("error"), "message");
        checks.text(event.path("error"), "type");
    }

    private void usage(JsonNode usage) {
        checks.count(usage, "input_tokens");
        checks.count(usage, "output_tokens");
        checks.count(usage, "total_tokens");
        checks.count(usage.path("input_tokens_details"), "cached_tokens");
        checks.count(usage.path("output_tokens_details"), "reasoning_tokens");
    }

    private void added(JsonNode item) {
        checks.check(open.isMissingNode(), "an item while another is open", item);
        checks.text(item, "id");
        open = item;
        inside.clear();
        text.setLength(0);
        partStart = 0;
        parts = 0;
    }

    private void part(String type, JsonNode event) {
        checks.check(open.isObject(), "no item is open", event);
        checks.check(event.path("item_id").equals(open.path("id")), "another item_id", event);
        String step = type.startsWith("response.") ? type.substring("response.".length()) : type;
        if (step.equals("content_part.added")) {
            partStart = text.length();
            parts++;
        }
        checks.check(event.path("content_index").asInt(parts - 1) == parts - 1, "another content_index", event);
        if (step.endsWith(".delta")) {
            checks.anyText(event, "delta");
            text.append(event.path("delta").asText());
            if (!inside.isEmpty() && inside.get(inside.size() - 1).equals(step)) {
                return;
            }
        }
        inside.add(step);
        if (step.endsWith(".done")) {
            String whole = ItemText.ofPart(event);
            checks.check(
                    whole.equals(ItemText.arguments(step, text.substring(partStart))),
                    "not the text of the deltas",
                    event);
        }
    }

    private void itemDone(JsonNode item) {
        checks.check(item.path("id").equals(open.path("id")), "the end of another item", item);
        checks.check(item.path("type").equals(open.path("type")), "the item has become another", item);
        checks.check(
                DONE.contains(item.path("status").asText()), "an item that is done is neither completed nor cut", item);
        List<String> withoutDeltas = inside.stream()
                .filter(step -> !step.endsWith(".delta") && !step.endsWith(".annotation.added"))
                .toList();
        checks.check(withoutDeltas.equals(ItemText.steps(item)), "not the steps of such an item", item);
        String whole = ItemText.arguments(item.path("type").asText(), text.toString());
        checks.check(ItemText.of(item).equals(whole), "not the text of the deltas", item);
        done.add(item);
        open = MissingNode.getInstance();
    }
}
