package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.sse.SseText;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer as the event stream of OpenAI chat (dialects.md, VS1 to VS3). */
public final class ChatStreamEncoder implements StreamEncoder {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String END = "\"},\"finish_reason\":null}]}\n\n";
    private static final String CALL_END = "\"}}]},\"finish_reason\":null}]}\n\n";

    private final String model;
    private final boolean includeUsage;
    private final long created = Instant.now().getEpochSecond();
    private String id = "";
    private String deltaStart = "";
    private Usage usage = Usage.unknown();
    private StopReason stopReason = StopReason.END_TURN;
    private int calls = -1;
    private boolean inCall;
    private boolean hasArguments;
    private final ChatProse prose = new ChatProse();
    private final List<Object> sources = new ArrayList<>();
    private final CustomTools custom;

    /** The open call of a custom tool, whose text can only be told when its arguments are whole; null if none is open. */
    private ContentBlock.@Nullable ToolUse customCall;

    private final StringBuilder customArguments = new StringBuilder();

    /**
     * An encoder for one answer.
     *
     * @param model the model that the client asked for
     * @param includeUsage whether the client wants the usage at the end
     */
    public ChatStreamEncoder(String model, boolean includeUsage) {
        this(model, includeUsage, CustomTools.none());
    }

    /**
     * An encoder for one answer.
     *
     * @param custom the client's tools whose input is free text
     */
    public ChatStreamEncoder(String model, boolean includeUsage, CustomTools custom) {
        this.model = model;
        this.includeUsage = includeUsage;
        this.custom = custom;
    }

    @Override
    public String encode(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return said(delta.text());
        }
        if (event instanceof ChatEvent.ThinkingDelta delta) {
            return said(delta.thinking());
        }
        if (event instanceof ChatEvent.InputDelta delta) {
            return input(delta.json());
        }
        if (event instanceof ChatEvent.BlockStarted start) {
            return blockStart(start.block());
        }
        if (event instanceof ChatEvent.CitationDelta delta) {
            sources.add(delta.citation());
            return "";
        }
        if (event instanceof ChatEvent.BlockStopped) {
            return blockStop();
        }
        if (event instanceof ChatEvent.Started start) {
            return start(start);
        }
        if (event instanceof ChatEvent.Finishing end) {
            stopReason = end.reason();
            usage = usage.updatedBy(end.usage());
            return "";
        }
        return event instanceof ChatEvent.Stopped ? stop() : "";
    }

    @Override
    public String fail(ProviderException failure) {
        return SseText.data(ChatErrors.body(UpstreamError.of(failure)));
    }

    private String start(ChatEvent.Started start) {
        id = ChatAnswer.id(start.id().orElse(""));
        usage = start.usage();
        String head = Json.text(head());
        deltaStart = "data: " + head.substring(0, head.length() - 1) + ",\"choices\":[{\"index\":0,\"delta\":{";
        ObjectNode chunk = head();
        ObjectNode choice = choice(chunk);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("finish_reason");
        return SseText.data(chunk);
    }

    private String said(String text) {
        return SseText.around(deltaStart + '"' + prose.member() + "\":\"", prose.next(text), END);
    }

    private String blockStart(ContentBlock block) {
        inCall = false;
        prose.begin(block);
        if (!(block instanceof ContentBlock.ToolUse call)) {
            return "";
        }
        hasArguments = false;
        if (custom.contains(call.name())) {
            customCall = call;
            customArguments.setLength(0);
            return "";
        }
        inCall = true;
        return callStart(call);
    }

    private String input(String json) {
        if (customCall != null) {
            customArguments.append(json);
            return "";
        }
        hasArguments = true;
        return inCall ? SseText.around(argumentsStart(), json, CALL_END) : "";
    }

    /** Clients parse the arguments of every call, also of one that has none. */
    private String blockStop() {
        if (!sources.isEmpty()) {
            return annotated();
        }
        if (customCall != null) {
            return customCall(customCall);
        }
        if (inCall && !hasArguments) {
            inCall = false;
            return SseText.around(argumentsStart(), "{}", CALL_END);
        }
        return "";
    }

    private String customCall(ContentBlock.ToolUse call) {
        customCall = null;
        calls++;
        ObjectNode chunk = head();
        ObjectNode choice = choice(chunk);
        choice.putObject("delta")
                .putArray("tool_calls")
                .add(ChatAnswer.customCall(call, CustomTools.text(customArguments.toString()))
                        .put("index", calls));
        choice.putNull("finish_reason");
        return SseText.data(chunk);
    }

    /** The sources of the block, whose place is known when it has ended. */
    private String annotated() {
        List<ObjectNode> annotations = prose.annotations(sources);
        sources.clear();
        if (annotations.isEmpty()) {
            return "";
        }
        ObjectNode chunk = head();
        ObjectNode choice = choice(chunk);
        choice.putObject("delta").putArray("annotations").addAll(annotations);
        choice.putNull("finish_reason");
        return SseText.data(chunk);
    }

    private String callStart(ContentBlock.ToolUse call) {
        calls++;
        ObjectNode chunk = head();
        ObjectNode choice = choice(chunk);
        ObjectNode entry = choice.putObject("delta").putArray("tool_calls").addObject();
        entry.put("index", calls).put("id", call.id()).put("type", "function");
        entry.putObject("function").put("name", call.name()).put("arguments", "");
        ChatAnswer.proof(call, entry);
        choice.putNull("finish_reason");
        return SseText.data(chunk);
    }

    private String argumentsStart() {
        return deltaStart + "\"tool_calls\":[{\"index\":" + calls + ",\"function\":{\"arguments\":\"";
    }

    private String stop() {
        ObjectNode last = head();
        ObjectNode choice = choice(last);
        choice.putObject("delta");
        choice.put("finish_reason", ChatAnswer.finishReason(stopReason, prose.refuses(), calls >= 0));
        if (!includeUsage) {
            return SseText.data(last) + DONE;
        }
        ObjectNode counts = head();
        counts.putArray("choices");
        counts.set("usage", ChatAnswer.usage(usage));
        return SseText.data(last) + SseText.data(counts) + DONE;
    }

    private ObjectNode head() {
        return Json.object()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode chunk) {
        return chunk.putArray("choices").addObject().put("index", 0);
    }
}
