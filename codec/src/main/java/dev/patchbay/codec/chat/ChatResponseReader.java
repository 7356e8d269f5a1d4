package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.CallIds;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.FinishWord;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.OpenAiUsage;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.UsageEstimate;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.codec.WholeBlocks;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private final Set<String> usedIds;
    private boolean called;

    /** Calls so far, of which some servers repeat one (S6). */
    private final Set<List<Object>> calls = new HashSet<>();

    ChatResponseReader(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        this.request = request;
        this.quirks = quirks;
        this.names = ToolNames.of(request.tools(), quirks.toolNameMax());
        this.sink = sink;
        this.usedIds = CallIds.in(request);
        this.blocks = new WholeBlocks(sink);
    }

    private final ReasoningDetails details = new ReasoningDetails();

    void read(JsonNode body) {
        JsonNode choice = choice(body);
        JsonNode message = ChatChunks.said(choice, "message");
        if (message.isMissingNode()
                && FinishWord.of(choice.path("finish_reason").asText("")) == FinishWord.NATURAL) {
            throw ErrorReader.readBody(body, "upstream answered without any message")
                    .toException();
        }
        ChatFinish finish = new ChatFinish(request);
        finish.choice(choice);
        if (!finish.isSeen() && ChatChunks.calls(message).stream().anyMatch(ChatResponseReader::isCut)) {
            throw Bodies.unusable("upstream answer ended inside the arguments of a tool call");
        }
        Usage usage = usage(body.path("usage"), message);
        sink.accept(ChatEvent.started(
                text(body, "id").orElse(""), text(body, "model").orElse(""), Usage.unknown()));
        details.add(message.path(AssistantMessage.DETAILS));
        List<Map<String, @Nullable Object>> citations = new ArrayList<>(WebCitations.of(message.path("annotations")));
        citations.addAll(WebCitations.beside(body));
        prose(ChatText.thinking(message), ChatText.text(message) + ChatText.images(message), citations);
        String refusal = ChatText.refusal(message);
        if (!refusal.isEmpty()) {
            finish.refused();
            blocks.block(Refusal.of(refusal));
        }
        boolean calledTools = calls(message) || callsBeside(body.path("choices"));
        sink.accept(finish.event(calledTools, usage));
        sink.accept(ChatEvent.stopped());
    }

    private static JsonNode choice(JsonNode body) {
        JsonNode first = ChatChunks.choice(body.path("choices"));
        JsonNode choice = first.isMissingNode() ? body.path("choices").path(0) : first;
        boolean failed = ChatFinish.failed(choice);
        if (choice.isObject() && !failed && !ChatErrors.isMinimaxError(body)) {
            return choice;
        }
        if (failed && !ChatErrors.isError(body)) {
            throw ChatErrors.finishedWithError(choice);
        }
        throw ErrorReader.readBody(body, "upstream answered without any choice").toException();
    }

    private void prose(String thinking, String text, List<Map<String, @Nullable Object>> citations) {
        Map<String, @Nullable Object> cited = citations.isEmpty() ? Map.of() : Map.of("citations", citations);
        if (!quirks.thinkTags()) {
            blocks.thinking(thinking);
            blocks.block(ContentBlock.text(text, cited));
            return;
        }
        StringBuilder thought = new StringBuilder(thinking);
        StringBuilder said = new StringBuilder();
        ThinkTags tags = new ThinkTags(thought::append, said::append);
        if (!thinking.isEmpty()) {
            tags.thoughtElsewhere();
        }
        tags.content(text);
        tags.end();
        blocks.thinking(thought.toString());
        blocks.block(ContentBlock.text(said.toString(), cited));
    }

    private boolean calls(JsonNode message) {
        List<JsonNode> calls = ChatChunks.calls(message);
        boolean any = false;
        for (JsonNode call : calls.isEmpty() ? List.of(message.path("function_call")) : calls) {
            any |= call(call, ChatChunks.function(call));
        }
        return any;
    }

    /** Nobody asked for several answers, so calls in a choice of their own belong to this one (R1): Copilot's Claude has them so. */
    private boolean callsBeside(JsonNode choices) {
        boolean any = false;
        for (int at = 1; at < choices.size(); at++) {
            any |= calls(ChatChunks.said(choices.path(at), "message"));
        }
        return any;
    }

    /** Writes one call; a call without a name cannot be made by anyone. */
    private boolean call(JsonNode call, JsonNode function) {
        String name = function.path("name").asText("");
        if (name.isEmpty()) {
            return false;
        }
        ObjectNode input = ChatChunks.isFreeForm(call)
                ? Json.object().put(FreeFormInput.MEMBER, ChatChunks.input(call, function))
                : ToolInput.of(function.path("arguments"));
        String said = call.path("id").asText("");
        if (!said.isEmpty() && !calls.add(List.of(said, name, input))) {
            return true;
        }
        blocks.toolUse(
                ContentBlock.toolUse(id(said), names.restored(name), Map.of(), proved(call)),
                input.isEmpty() ? "" : Json.text(input));
        return true;
    }

    /** Whether the arguments of a call broke off, where nothing says why the answer ended (S11). */
    private static boolean isCut(JsonNode call) {
        JsonNode arguments = ChatChunks.function(call).path("arguments");
        return arguments.isTextual() && !arguments.textValue().isBlank() && !Json.isValid(arguments.textValue());
    }

    /** With the thinking that the first call is proved with. */
    private Map<String, @Nullable Object> proved(JsonNode call) {
        Map<String, @Nullable Object> more = new HashMap<>(called ? Map.of() : details.more());
        called = true;
        more.putAll(more(call));
        return Collections.unmodifiableMap(more);
    }

    private String id(String said) {
        String id = said.isEmpty() || usedIds.contains(said) ? FreshIds.fresh("toolu_") : said;
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
        if (OpenAiUsage.isPresent(usage)) {
            return OpenAiUsage.read(usage);
        }
        return quirks.estimateUsage()
                ? UsageEstimate.of(request, Json.text(message).length())
                : Usage.unknown();
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
