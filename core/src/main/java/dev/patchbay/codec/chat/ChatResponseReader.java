package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.Ids;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.UsageEstimate;
import dev.patchbay.codec.WholeBlocks;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Usage;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a chat answer that came in one piece (dialects.md, section 1.2). Used once. */
final class ChatResponseReader {

    private final ChatRequest request;
    private final Quirks quirks;
    private final ToolNames names;
    private final Consumer<ChatEvent> sink;
    private final WholeBlocks blocks;
    private final Set<String> usedIds = new HashSet<>();

    ChatResponseReader(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        this.request = request;
        this.quirks = quirks;
        this.names = ToolNames.of(request.tools(), quirks.toolNameMax());
        this.sink = sink;
        this.blocks = new WholeBlocks(sink);
    }

    void read(JsonNode body) {
        JsonNode choice = choice(body);
        JsonNode message = choice.path("message");
        ChatFinish finish = new ChatFinish(request);
        finish.choice(choice);
        Usage usage = usage(body.path("usage"), message);
        sink.accept(new ChatEvent.Started(text(body, "id"), text(body, "model"), Usage.unknown()));
        blocks.thinking(ChatText.thinking(message));
        blocks.text(ChatText.text(message));
        String refusal = ChatText.refusal(message);
        if (!refusal.isEmpty()) {
            finish.refused();
            blocks.text(refusal);
        }
        boolean called = calls(message);
        sink.accept(finish.event(called, usage));
        sink.accept(new ChatEvent.Stopped());
    }

    private static JsonNode choice(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        boolean failed = choice.path("finish_reason").asText("").equals("error");
        if (choice.isObject() && !failed) {
            return choice;
        }
        if (ChatErrors.isError(body)) {
            throw ChatErrors.exception(body);
        }
        throw failed ? ChatErrors.finishedWithError(choice) : Bodies.unusable("upstream answered without any choice");
    }

    private boolean calls(JsonNode message) {
        JsonNode calls = message.path("tool_calls");
        boolean called = false;
        if (calls.isArray() && !calls.isEmpty()) {
            for (JsonNode call : calls) {
                called |= call(call, call.path("function"));
            }
            return called;
        }
        JsonNode legacy = message.path("function_call");
        return call(legacy, legacy);
    }

    /** Writes one call; a call without a name cannot be made by anyone. */
    private boolean call(JsonNode call, JsonNode function) {
        String name = function.path("name").asText("");
        if (name.isEmpty()) {
            return false;
        }
        ObjectNode input = ToolInput.of(function.path("arguments"));
        blocks.toolUse(
                new ContentBlock.ToolUse(id(call.path("id").asText("")), names.restored(name), Map.of(), more(call)),
                input.isEmpty() ? "" : Json.text(input));
        return true;
    }

    private String id(String said) {
        String id = said.isEmpty() || usedIds.contains(said) ? Ids.fresh("toolu_") : said;
        usedIds.add(id);
        return id;
    }

    static Map<String, @Nullable Object> more(JsonNode call) {
        JsonNode proof = call.path(AssistantMessage.EXTRA_CONTENT);
        return proof.isObject()
                ? Map.of(AssistantMessage.EXTRA_CONTENT, JsonValues.toMap((ObjectNode) proof))
                : Map.of();
    }

    private Usage usage(JsonNode usage, JsonNode message) {
        if (ChatUsage.isPresent(usage)) {
            return ChatUsage.read(usage);
        }
        return quirks.estimateUsage()
                ? UsageEstimate.of(request, Json.text(message).length())
                : Usage.unknown();
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
