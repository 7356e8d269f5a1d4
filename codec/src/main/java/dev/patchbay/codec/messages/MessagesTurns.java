package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.ThinkingProof;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes a conversation as Anthropic takes it: instructions on top, turns of alternating roles, answers to calls first,
 * and nothing that another provider left behind (dialects.md, A2, VQ1, VQ3 and VQ5).
 */
final class MessagesTurns {

    private static final String BEGINNING = "[the conversation begins]";

    private final ToolNames names;
    private final List<ContentBlock> system = new ArrayList<>();
    private final List<ChatMessage> turns = new ArrayList<>();

    /** @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if nothing is said in it */
    MessagesTurns(ChatRequest request, ToolNames names) {
        this.names = names;
        addSystem(request.system());
        for (ChatMessage message : PairedCalls.paired(request.messages())) {
            if (message.role() == Role.SYSTEM) {
                addSystem(message.content());
            } else {
                addTurn(message.role(), clean(message.content()));
            }
        }
        stripPrefill();
        if (turns.isEmpty()) {
            askWithSystem();
        } else if (turns.get(0).role() == Role.ASSISTANT && turns.size() > 1 && isText(turns.get(0))) {
            // A greeting comes first; Anthropic refuses a conversation that the user did not begin.
            turns.add(0, ChatMessage.user(BEGINNING));
        }
        if (ResponseFormat.isJsonObject(request)) {
            system.add(ContentBlock.text("Answer with one JSON object and nothing else."));
        }
    }

    /** OpenAI answers to instructions alone; Anthropic wants somebody to say something. */
    private void askWithSystem() {
        if (system.isEmpty()) {
            throw Bodies.nothingSaid();
        }
        turns.add(new ChatMessage(Role.USER, List.copyOf(system)));
        system.clear();
    }

    /** The instructions: one string, or blocks where a mark on one has to stay. */
    Optional<JsonNode> system() {
        if (system.isEmpty()) {
            return Optional.empty();
        }
        boolean plain = system.stream()
                .allMatch(block -> ((ContentBlock.Text) block).more().isEmpty());
        if (!plain) {
            return Optional.of(BlockJson.of(system));
        }
        List<String> texts =
                system.stream().map(block -> ((ContentBlock.Text) block).text()).toList();
        return Optional.of(TextNode.valueOf(String.join("\n\n", texts)));
    }

    ArrayNode messages() {
        ArrayNode messages = Json.array();
        for (ChatMessage turn : turns) {
            ObjectNode message = messages.addObject().put("role", turn.role() == Role.USER ? "user" : "assistant");
            message.set("content", content(turn));
        }
        return messages;
    }

    private void addSystem(List<ContentBlock> blocks) {
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text && !text.text().isBlank()) {
                system.add(text);
            }
        }
    }

    private void addTurn(Role role, List<ContentBlock> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        int last = turns.size() - 1;
        if (last < 0 || turns.get(last).role() != role) {
            turns.add(new ChatMessage(role, blocks));
            return;
        }
        List<ContentBlock> joined = new ArrayList<>(turns.get(last).content());
        joined.addAll(blocks);
        turns.set(last, new ChatMessage(role, joined));
    }

    private static JsonNode content(ChatMessage turn) {
        if (BlockJson.isPlainText(turn.content())) {
            return TextNode.valueOf(((ContentBlock.Text) turn.content().get(0)).text());
        }
        Comparator<ContentBlock> resultsFirst =
                Comparator.comparing(block -> !(block instanceof ContentBlock.ToolResult));
        return BlockJson.of(turn.content().stream().sorted(resultsFirst).toList());
    }

    private List<ContentBlock> clean(List<ContentBlock> blocks) {
        List<ContentBlock> cleaned = new ArrayList<>();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.ToolUse call) {
                String id = ToolIds.forMessages(call.id());
                cleaned.add(
                        ContentBlock.toolUse(id, names.sent(call.name()), InputNames.sent(call.input()), call.more()));
            } else if (block instanceof ContentBlock.ToolResult result) {
                cleaned.add(clean(result));
            } else if (block instanceof ContentBlock.Text text && !text.text().isBlank()) {
                cleaned.add(ContentBlock.text(text.text(), WebCitations.proved(text.more())));
            } else if (!isRefused(block)) {
                cleaned.add(block);
            }
        }
        return cleaned;
    }

    private static ContentBlock.ToolResult clean(ContentBlock.ToolResult result) {
        boolean string = BlockJson.isPlainText(result.content());
        List<ContentBlock> content = string
                ? result.content()
                : result.content().stream().filter(block -> !isRefused(block)).toList();
        return ContentBlock.toolResult(
                ToolIds.forMessages(result.toolUseId()), content, result.isError(), result.more());
    }

    /** Blank text, and thinking that nobody signed, or somebody else. */
    private static boolean isRefused(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            return text.text().isBlank();
        }
        return block instanceof ContentBlock.Thinking thinking
                && (thinking.signature().isBlank() || ThinkingProof.isSealed(thinking.signature()));
    }

    private static boolean isText(ChatMessage turn) {
        return turn.content().stream().allMatch(ContentBlock.Text.class::isInstance);
    }

    /** An answer that the model is to continue must not end in white space. */
    private void stripPrefill() {
        int last = turns.size() - 1;
        if (last < 0 || turns.get(last).role() != Role.ASSISTANT) {
            return;
        }
        List<ContentBlock> blocks = new ArrayList<>(turns.get(last).content());
        int end = blocks.size() - 1;
        if (blocks.get(end) instanceof ContentBlock.Text text) {
            blocks.set(end, ContentBlock.text(text.text().stripTrailing(), text.more()));
            turns.set(last, new ChatMessage(Role.ASSISTANT, blocks));
        }
    }
}
