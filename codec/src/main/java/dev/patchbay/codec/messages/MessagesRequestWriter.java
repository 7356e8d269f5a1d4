package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.CallIds;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.OfferedTools;
import dev.patchbay.codec.OpenAiMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.ThinkingJson;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.ToolSchemas;
import dev.patchbay.codec.UnknownContent;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.spi.ToolChoice.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Writes a request for a Messages endpoint (dialects.md, A2 and section 1.7, VQ1 to VQ6). Used once. */
final class MessagesRequestWriter {

    /** The limit of an answer that nobody asked to limit; more has to be streamed, and costs. */
    private static final int MOST_UNASKED = 32_000;

    private static final double MOST_TEMPERATURE = 1;
    private static final double DEFAULT_TEMPERATURE = 1;
    private static final double DEFAULT_TOP_P = 1;
    private static final String TOP_P = "top_p";

    private static final int LONGEST_NAME = 128;
    private static final String OUTPUT_CONFIG = "output_config";

    private final ChatRequest request;
    private final Quirks quirks;
    private final DroppedMembers dropped;
    private final MessagesThinking thinking;
    private final ToolNames names;
    private final ObjectNode body = Json.object();

    private MessagesRequestWriter(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        this.request = CallIds.unique(request);
        this.quirks = quirks;
        this.dropped = dropped;
        this.thinking = MessagesThinking.of(request, quirks, dropped);
        this.names = names(request);
    }

    /** The names of the request's tools as Anthropic takes them: {@code ^[a-zA-Z0-9_-]{1,128}$}. */
    static ToolNames names(ChatRequest request) {
        return ToolNames.of(
                request.tools().stream().filter(tool -> tool.type().isEmpty()).toList(), LONGEST_NAME);
    }

    static ObjectNode write(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        return new MessagesRequestWriter(request, quirks, dropped).write();
    }

    private ObjectNode write() {
        body.put("model", request.model());
        int maxTokens = maxTokens();
        body.put("max_tokens", maxTokens);
        MessagesTurns turns = new MessagesTurns(request, names);
        turns.system().ifPresent(system -> body.set("system", system));
        body.set("messages", turns.messages());
        sampling();
        Optional<Thinking> within = thinking.within(maxTokens);
        within.ifPresent(value -> body.set("thinking", ThinkingJson.of(value)));
        if (within.isEmpty() && thinking.budget() > 0) {
            MessagesThinking.noteLost(request, dropped);
        }
        outputConfig();
        tools();
        request.userId().ifPresent(id -> body.putObject("metadata").put("user_id", id));
        request.more().forEach((name, value) -> {
            if (name.equals("verbosity")) {
                dropped.add(name);
            } else if (name.startsWith(OUTPUT_CONFIG + ".")) {
                String member = name.substring(OUTPUT_CONFIG.length() + 1);
                body.withObject("/" + OUTPUT_CONFIG).set(member, JsonValues.toNode(value));
            } else if (!name.equals(ResponseFormat.MEMBER) && !name.equals(OpenAiMembers.PLACE)) {
                body.set(name, JsonValues.toNode(value));
            }
        });
        UnknownContent.noteSystem(request, dropped);
        OpenAiMembers.write(request, Set.of(), body, dropped);
        if (quirks.setsCacheControl()) {
            CacheMarks.set(body, request);
        }
        CacheMarks.limit(body);
        for (String member : quirks.drop()) {
            if (body.remove(member) != null) {
                dropped.add(member);
            }
        }
        return body;
    }

    private int maxTokens() {
        int defaultMax = quirks.maxOutputTokens().isPresent()
                ? Math.min(quirks.maxOutputTokens().getAsInt(), MOST_UNASKED)
                : quirks.defaultMaxTokens();
        long asked = request.maxTokens().orElse(defaultMax) + (long) thinking.addedBudget();
        int budget = thinking.budget();
        long enough = budget < asked ? asked : asked + budget;
        return (int) Math.min(enough, quirks.maxOutputTokens().orElse(Integer.MAX_VALUE));
    }

    private void sampling() {
        randomness();
        request.topK().ifPresent(value -> body.put("top_k", value));
        List<String> stops =
                request.stopSequences().stream().filter(text -> !text.isBlank()).toList();
        if (!stops.isEmpty()) {
            ArrayNode array = body.putArray("stop_sequences");
            stops.forEach(array::add);
        }
        if (request.stream()) {
            body.put("stream", true);
        }
    }

    /** Claude takes one of temperature and top_p (VQ1); the one that stands at its default says nothing. */
    private void randomness() {
        boolean hasTemperature =
                thinking.addedBudget() == 0 && request.temperature().isPresent();
        double temperature = request.temperature().orElse(DEFAULT_TEMPERATURE);
        double topP = request.topP().orElse(DEFAULT_TOP_P);
        boolean both = hasTemperature && request.topP().isPresent();
        boolean topPCounts = topP < DEFAULT_TOP_P && temperature == DEFAULT_TEMPERATURE;
        if (both && topP < DEFAULT_TOP_P && !topPCounts) {
            dropped.add(TOP_P);
        }
        if (temperature > MOST_TEMPERATURE) {
            dropped.change(
                    "temperature",
                    "temperature " + temperature + " goes to " + dropped.provider() + " as " + MOST_TEMPERATURE
                            + ", the most that its API takes");
        } else if (!hasTemperature && temperature != DEFAULT_TEMPERATURE) {
            dropped.add("temperature");
        }
        if (hasTemperature && !(both && topPCounts)) {
            body.set("temperature", JsonValues.toNode(Math.min(temperature, MOST_TEMPERATURE)));
        }
        if (request.topP().isPresent() && !(both && !topPCounts)) {
            body.set(TOP_P, JsonValues.toNode(topP));
        }
    }

    private void outputConfig() {
        ObjectNode config = Json.object();
        thinking.effort().ifPresent(level -> config.put("effort", level));
        ResponseFormat.messages(request)
                .ifPresent(schema ->
                        config.putObject("format").put("type", "json_schema").set("schema", schema));
        if (!config.isEmpty()) {
            body.set(OUTPUT_CONFIG, config);
        }
    }

    private void tools() {
        if (request.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        OfferedTools.once(request.tools()).forEach(tool -> tools.add(tool(tool)));
        request.toolChoice().ifPresent(this::toolChoice);
    }

    private ObjectNode tool(Tool tool) {
        ObjectNode node = Json.object();
        tool.type().ifPresent(type -> node.put("type", type));
        if (!tool.name().isEmpty()) {
            node.put("name", tool.type().isEmpty() ? names.sent(tool.name()) : tool.name());
        }
        tool.description().filter(text -> !text.isEmpty()).ifPresent(text -> node.put("description", text));
        if (tool.type().isEmpty()) {
            boolean strict = Boolean.TRUE.equals(tool.more().get("strict"));
            ObjectNode schema = strict
                    ? ToolSchemas.forStrictMessages(tool.inputSchema())
                    : ToolSchemas.forMessages(tool.inputSchema());
            node.set("input_schema", InputNames.bring(schema));
        }
        tool.more().forEach((name, value) -> {
            if (!name.equals("strict") || Boolean.TRUE.equals(value)) {
                node.set(name, JsonValues.toNode(value));
            }
        });
        return node;
    }

    private void toolChoice(ToolChoice choice) {
        boolean forced = choice.mode() == Mode.ANY || choice.mode() == Mode.TOOL;
        // A model that thinks cannot be made to call a tool: 400 at Anthropic.
        boolean thinks = body.path("thinking").path("type").asText("").equals("enabled");
        if (forced && thinks) {
            dropped.add("tool_choice");
        }
        Mode mode = forced && thinks ? Mode.AUTO : choice.mode();
        boolean alone = choice.parallelDisabled() && mode != Mode.NONE;
        if (mode == Mode.AUTO && !alone) {
            return;
        }
        ObjectNode node = body.putObject("tool_choice").put("type", mode.name().toLowerCase(Locale.ROOT));
        if (mode == Mode.TOOL) {
            choice.name().ifPresent(name -> node.put("name", names.sent(name)));
        }
        if (alone) {
            node.put("disable_parallel_tool_use", true);
        }
    }
}
