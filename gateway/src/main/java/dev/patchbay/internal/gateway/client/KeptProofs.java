package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Hashes;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Proofs of thinking that ride on tool calls (dialects.md, 1.10): providers want them back, and clients drop members that they do
 * not know. Each is kept under its provider, the holder of the token, the call's id and a hash of its name and arguments, since
 * ids such as {@code functions.Read:0} are those of every conversation.
 */
@SuppressWarnings("ReferenceEquality") // Whether a message was left as it came.
public final class KeptProofs {

    private final KeptItems.Of kept;
    private final String provider;

    /**
     * @param kept what is kept for the client
     * @param provider whose proofs they are; no other provider can read them
     */
    public KeptProofs(KeptItems.Of kept, String provider) {
        this.kept = kept;
        this.provider = provider;
    }

    /** Keeps what the calls of an answer were proved with: their own members, and the thinking in front of each. */
    void keep(List<ContentBlock> content) {
        List<ContentBlock> thinking = new ArrayList<>();
        for (ContentBlock block : content) {
            if (block instanceof ContentBlock.Thinking || block instanceof ContentBlock.RedactedThinking) {
                thinking.add(block);
            } else if (block instanceof ContentBlock.ToolUse call) {
                keep(call, thinking);
                thinking.clear();
            }
        }
    }

    /** The request with every proof that its history has lost. */
    ChatRequest restored(ChatRequest request) {
        List<ChatMessage> messages = new ArrayList<>(request.messages().size());
        boolean changed = false;
        for (ChatMessage message : request.messages()) {
            ChatMessage whole = message.role() == Role.ASSISTANT ? restored(message) : message;
            changed |= whole != message;
            messages.add(whole);
        }
        return changed ? request.toBuilder().replaceMessages(messages).build() : request;
    }

    private ChatMessage restored(ChatMessage message) {
        boolean thought = message.content().stream()
                .anyMatch(block ->
                        block instanceof ContentBlock.Thinking || block instanceof ContentBlock.RedactedThinking);
        List<ContentBlock> content = new ArrayList<>();
        boolean first = true;
        boolean changed = false;
        for (ContentBlock block : message.content()) {
            Optional<ObjectNode> proof =
                    block instanceof ContentBlock.ToolUse call ? kept.find(key(call)) : Optional.empty();
            if (proof.isPresent() && block instanceof ContentBlock.ToolUse call) {
                changed = true;
                if (!thought) {
                    content.addAll(first ? 0 : content.size(), thinking(proof.get()));
                }
                content.add(proved(call, proof.get()));
            } else {
                content.add(block);
            }
            first &= !(block instanceof ContentBlock.ToolUse);
        }
        return changed ? new ChatMessage(Role.ASSISTANT, content) : message;
    }

    private void keep(ContentBlock.ToolUse call, List<ContentBlock> thinking) {
        if (call.more().isEmpty() && thinking.isEmpty()) {
            return;
        }
        ObjectNode proof = Json.object();
        proof.set("more", JsonValues.toObject(call.more()));
        ArrayNode thoughts = proof.putArray("thinking");
        for (ContentBlock block : thinking) {
            if (block instanceof ContentBlock.Thinking thought) {
                thoughts.addObject().put("thinking", thought.thinking()).put("signature", thought.signature());
            } else if (block instanceof ContentBlock.RedactedThinking redacted) {
                thoughts.addObject().put("data", redacted.data());
            }
        }
        kept.keep(key(call), proof);
    }

    private static List<ContentBlock> thinking(ObjectNode proof) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (JsonNode thought : proof.path("thinking")) {
            blocks.add(
                    thought.has("data")
                            ? ContentBlock.redactedThinking(thought.path("data").asText(""))
                            : ContentBlock.thinking(
                                    thought.path("thinking").asText(""),
                                    thought.path("signature").asText("")));
        }
        return blocks;
    }

    /** What the client sent itself stays. */
    private static ContentBlock.ToolUse proved(ContentBlock.ToolUse call, ObjectNode proof) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(JsonValues.toMap((ObjectNode) proof.path("more")));
        more.putAll(call.more());
        return ContentBlock.toolUse(call.id(), call.name(), call.input(), more);
    }

    private String key(ContentBlock.ToolUse call) {
        String hash = Hashes.hex(call.name() + '\n' + canonical(call.input()));
        return "proof\n" + provider + '\n' + call.id() + '\n' + hash;
    }

    /** One text for all ways to write a value: clients write it anew. */
    private static String canonical(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((name, member) -> sorted.put(String.valueOf(name), canonical(member)));
            return sorted.toString();
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(KeptProofs::canonical).toList().toString();
        }
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return "#"
                    + (exact.precision() - exact.scale() > 400
                            ? number
                            : exact.stripTrailingZeros().toString());
        }
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }
}
