package dev.patchbay.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a conversation in the order that OpenAI's dialects want (dialects.md, T1 to T8): between the calls of an assistant
 * message and their answers nothing may stand, so what does is held back, and calls without an answer get one. Used once.
 *
 * @param <C> what the content of a user's message is collected in
 */
public abstract class ConversationWriter<C> {

    /** The answer to a call of which no result is known. */
    protected static final String NO_RESULT = "Error: no result was recorded for this tool call.";

    private final ArrayNode written = Json.array();
    private final Set<String> openCalls = new LinkedHashSet<>();
    private final List<ObjectNode> heldBack = new ArrayList<>();

    /** The message of a system text; empty if there is none in it. */
    protected abstract Optional<ObjectNode> system(List<ContentBlock> blocks);

    /** Adds what an assistant said. */
    protected abstract void assistant(List<ContentBlock> blocks);

    protected abstract C newContent();

    /** Adds the answer to a call; what cannot stand in it goes to the user's message behind it. */
    protected abstract void answer(ContentBlock.ToolResult result, C user);

    /** Adds {@link #NO_RESULT} as the answer to a call. */
    protected abstract void noAnswer(String callId);

    /** Adds a block to a user's message. */
    protected abstract void user(ContentBlock block, C content);

    /** Adds a user's message, unless it is empty. */
    protected abstract void end(C content);

    /** What is written so far. */
    protected final ArrayNode written() {
        return written;
    }

    protected final ArrayNode messages(List<ChatMessage> conversation) {
        List<ChatMessage> messages = AssistantTurns.joined(conversation);
        int next = 0;
        while (next < messages.size()) {
            ChatMessage message = messages.get(next);
            switch (message.role()) {
                case SYSTEM -> addSystem(message.content());
                case ASSISTANT -> addAssistant(message.content());
                case USER -> {
                    int last = lastAnswer(messages, next);
                    addUser(messages.subList(next, last + 1));
                    next = last;
                }
            }
            next++;
        }
        settleCalls();
        return written;
    }

    protected final void addSystem(List<ContentBlock> blocks) {
        system(blocks).ifPresent(message -> {
            if (openCalls.isEmpty()) {
                written.add(message);
            } else {
                heldBack.add(message);
            }
        });
    }

    private void addAssistant(List<ContentBlock> blocks) {
        settleCalls();
        assistant(blocks);
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.ToolUse call) {
                openCalls.add(call.id());
            }
        }
    }

    /** Messages that together answer calls: the answers first, then one user message with everything else (T1). */
    private void addUser(List<ChatMessage> turn) {
        C content = newContent();
        List<ContentBlock> rest = new ArrayList<>();
        for (ChatMessage message : turn) {
            if (message.role() == Role.SYSTEM) {
                addSystem(message.content());
                continue;
            }
            for (ContentBlock block : MediaText.opened(message.content())) {
                if (block instanceof ContentBlock.ToolResult result && openCalls.remove(result.toolUseId())) {
                    answer(result, content);
                } else {
                    rest.add(block);
                }
            }
        }
        settleCalls();
        rest.forEach(block -> user(block, content));
        end(content);
    }

    /** The last message, of those before the next assistant message, that answers an open call; else the first. */
    private int lastAnswer(List<ChatMessage> messages, int first) {
        int last = first;
        if (openCalls.isEmpty()) {
            // Else each of many messages without an answer would look at all that follow.
            return last;
        }
        for (int i = first; i < messages.size() && messages.get(i).role() != Role.ASSISTANT; i++) {
            if (messages.get(i).content().stream().anyMatch(this::isAnswer)) {
                last = i;
            }
        }
        return last;
    }

    private boolean isAnswer(ContentBlock block) {
        return block instanceof ContentBlock.ToolResult result && openCalls.contains(result.toolUseId());
    }

    /** Gives every call that is still open an answer (T6), and then what had to wait for it. */
    private void settleCalls() {
        openCalls.forEach(this::noAnswer);
        openCalls.clear();
        heldBack.forEach(written::add);
        heldBack.clear();
    }
}
