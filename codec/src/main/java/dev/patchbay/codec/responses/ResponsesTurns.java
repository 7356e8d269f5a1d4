package dev.patchbay.codec.responses;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Groups items into turns (dialects.md, P2): calls, the assistant's text before and between them, and then their outputs.
 * What a user says in between waits until the outputs are through. Used once.
 */
final class ResponsesTurns {

    private final Set<String> answered;
    private final List<ChatMessage> turns = new ArrayList<>();
    private final List<ContentBlock> assistant = new ArrayList<>();
    private final List<ContentBlock> results = new ArrayList<>();
    private final List<ChatMessage> waiting = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private boolean toldOnly = true;

    /**
     * An empty conversation.
     *
     * @param answered the ids of the calls whose output is somewhere in it; the others are not waited for
     */
    ResponsesTurns(Set<String> answered) {
        this.answered = answered;
    }

    void assistant(List<ContentBlock> blocks) {
        if (open.isEmpty() && !toldOnly) {
            flush();
        }
        toldOnly = false;
        blocks.forEach(this::append);
    }

    /** What the assistant did with a tool of another kind; what it says next belongs to the same turn. */
    void told(ContentBlock.Text text) {
        if (open.isEmpty() && !(toldOnly && results.isEmpty())) {
            flush();
        }
        append(text);
    }

    /** Each text of an item is a paragraph of its own; blocks of text that touch would become one sentence (Q7). */
    private void append(ContentBlock block) {
        int last = assistant.size() - 1;
        if (last >= 0
                && assistant.get(last) instanceof ContentBlock.Text before
                && block instanceof ContentBlock.Text text) {
            assistant.set(last, ContentBlock.text(before.text() + "\n\n" + text.text()));
        } else {
            assistant.add(block);
        }
    }

    void thinking(ContentBlock thinking) {
        if (open.isEmpty() && !results.isEmpty()) {
            flush();
        }
        assistant.add(thinking);
    }

    void call(ContentBlock.ToolUse call) {
        toldOnly = false;
        assistant.add(call);
        if (answered.contains(call.id())) {
            open.add(call.id());
        }
    }

    void result(ContentBlock.ToolResult result) {
        if (!open.remove(result.toolUseId())) {
            other(Role.USER, List.of(result));
            return;
        }
        results.add(result);
        if (open.isEmpty()) {
            flush();
        }
    }

    /** A turn of the user, or instructions. */
    void other(Role role, List<ContentBlock> blocks) {
        ChatMessage message = new ChatMessage(role, blocks);
        if (open.isEmpty()) {
            flush();
            turns.add(message);
        } else {
            waiting.add(message);
        }
    }

    List<ChatMessage> turns() {
        flush();
        return turns;
    }

    private void flush() {
        if (!assistant.isEmpty()) {
            turns.add(new ChatMessage(Role.ASSISTANT, assistant));
        }
        if (!results.isEmpty()) {
            turns.add(new ChatMessage(Role.USER, results));
        }
        turns.addAll(waiting);
        assistant.clear();
        results.clear();
        waiting.clear();
        toldOnly = true;
    }
}
