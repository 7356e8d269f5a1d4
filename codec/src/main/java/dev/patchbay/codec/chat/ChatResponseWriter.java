package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import java.time.Instant;
import java.util.List;

/** Writes a whole answer for an OpenAI chat client (dialects.md, VR1 and VR2). */
public final class ChatResponseWriter {

    private ChatResponseWriter() {}

    /**
     * The completion.
     *
     * @param answer a complete answer
     * @param model the model that the client asked for
     */
    public static ObjectNode write(AnswerCollector answer, String model) {
        return write(answer, model, CustomTools.none());
    }

    /**
     * The completion.
     *
     * @param custom the client's tools whose input is free text
     */
    public static ObjectNode write(AnswerCollector answer, String model, CustomTools custom) {
        ObjectNode body = Json.object()
                .put("id", ChatAnswer.id(answer.id().orElse("")))
                .put("object", "chat.completion")
                .put("created", Instant.now().getEpochSecond())
                .put("model", model);
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = message(answer.content(), custom);
        choice.set("message", message);
        choice.putNull("logprobs");
        choice.put(
                "finish_reason",
                ChatAnswer.finishReason(
                        answer.stopReason().orElse(StopReason.END_TURN),
                        answer.content().stream().anyMatch(Refusal::isOfModel),
                        message.has("tool_calls")));
        body.set("usage", ChatAnswer.usage(answer.usage()));
        return body;
    }

    private static ObjectNode message(List<ContentBlock> content, CustomTools custom) {
        ChatProse prose = new ChatProse();
        StringBuilder text = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        ArrayNode calls = Json.array();
        ArrayNode annotations = Json.array();
        for (ContentBlock block : content) {
            prose.begin(block);
            if (block instanceof ContentBlock.Text said) {
                (Refusal.is(said) ? refusal : text).append(prose.next(said.text()));
                annotations.addAll(prose.annotations(said.more().get("citations")));
            } else if (block instanceof ContentBlock.Thinking thought) {
                thinking.append(prose.next(thought.thinking()));
            } else if (block instanceof ContentBlock.ToolUse call) {
                calls.add(
                        custom.contains(call.name())
                                ? ChatAnswer.customCall(call, CustomTools.text(call))
                                : call(call));
            }
        }
        ObjectNode message = Json.object().put("role", "assistant");
        message.put("content", text.isEmpty() ? null : text.toString());
        message.put(Refusal.MEMBER, refusal.isEmpty() ? null : refusal.toString());
        if (!annotations.isEmpty()) {
            message.set("annotations", annotations);
        }
        if (!thinking.isEmpty()) {
            message.put("reasoning_content", thinking.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return message;
    }

    private static ObjectNode call(ContentBlock.ToolUse call) {
        ObjectNode node = Json.object().put("id", call.id()).put("type", "function");
        node.putObject("function").put("name", call.name()).put("arguments", ToolInput.text(call.input()));
        ChatAnswer.proof(call, node);
        return node;
    }
}
