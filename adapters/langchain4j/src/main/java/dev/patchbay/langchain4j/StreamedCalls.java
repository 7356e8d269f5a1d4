package dev.patchbay.langchain4j;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the calls of tools in a stream together, each by itself. Used by one thread. */
final class StreamedCalls {

    private final StringBuilder arguments = new StringBuilder();
    private final List<ToolExecutionRequest> all = new ArrayList<>();
    private int index = -1;
    private ContentBlock.@Nullable ToolUse open;

    /** The piece of a call that an event is; empty if it is none. */
    Optional<PartialToolCall> partial(ChatEvent event) {
        if (event instanceof ChatEvent.BlockStarted started) {
            arguments.setLength(0);
            open = started.block() instanceof ContentBlock.ToolUse call ? call : null;
            index += open == null ? 0 : 1;
        }
        String piece = open == null ? "" : piece(open, event);
        if (open == null || piece.isEmpty()) {
            return Optional.empty();
        }
        arguments.append(piece);
        return Optional.of(PartialToolCall.builder()
                .index(index)
                .id(open.id())
                .name(open.name())
                .partialArguments(piece)
                .build());
    }

    /** Whoever puts the pieces together has the whole: where the provider sent none, there is one. */
    private String piece(ContentBlock.ToolUse call, ChatEvent event) {
        if (event instanceof ChatEvent.InputDelta delta) {
            return delta.json();
        }
        return event instanceof ChatEvent.BlockStopped && arguments.isEmpty() ? ToolInput.text(call.input()) : "";
    }

    /** The call that an event completes; empty if it completes none. */
    Optional<CompleteToolCall> complete(ChatEvent event) {
        ContentBlock.ToolUse call = open;
        if (call == null || !(event instanceof ChatEvent.BlockStopped)) {
            return Optional.empty();
        }
        open = null;
        ToolExecutionRequest request = ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(whole(arguments.toString()))
                .build();
        all.add(request);
        return Optional.of(new CompleteToolCall(index, request));
    }

    /** Every call that was completed. */
    List<ToolExecutionRequest> all() {
        return all;
    }

    /** As it came if it is an object. */
    private static String whole(String arguments) {
        return Json.tryParse(arguments).orElse(null) instanceof ObjectNode
                ? arguments
                : ToolInput.text(JsonValues.toMap(ToolInput.parse(arguments)));
    }
}
