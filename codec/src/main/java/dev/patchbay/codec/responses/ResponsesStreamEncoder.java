package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.sse.SseText;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes an answer as the event stream of OpenAI Responses (dialects.md, P5). */
public final class ResponsesStreamEncoder implements StreamEncoder {

    private final ResponsesEnvelope envelope;
    private final ResponsesItems items;
    private final List<ObjectNode> output = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Object> sources = new ArrayList<>();
    private final Consumer<ObjectNode> kept;
    private String signature = "";
    private @Nullable ObjectNode item;

    /** Of the open item, if it is a message. */
    private @Nullable MessageParts parts;

    /** Whether the open block is one that no item tells. */
    private boolean untold;

    /** Whether the open item has its text: of the last one only the end of the answer says whether that is all of it. */
    private boolean hasWholeText;

    private int sequence;
    private boolean started;
    private boolean refused;
    private Usage usage = Usage.unknown();
    private StopReason stopReason = StopReason.END_TURN;

    /**
     * An encoder for one answer.
     *
     * @param request the request that is answered
     * @param kept takes every item that was sent whole
     */
    public ResponsesStreamEncoder(ResponsesRequest request, Consumer<ObjectNode> kept) {
        this(request, new ResponsesEnvelope(request.request().model(), request.echoed()), kept);
    }

    private ResponsesStreamEncoder(ResponsesRequest request, ResponsesEnvelope envelope, Consumer<ObjectNode> kept) {
        this.envelope = envelope;
        this.items = new ResponsesItems(request);
        this.kept = kept;
    }

    /**
     * An encoder that ends a stream which an upstream began: with its numbers, its id and its model.
     *
     * @param begin how the stream began, as far as it was kept
     * @param end its last events
     * @param model the model, where the stream does not name it
     */
    public static ResponsesStreamEncoder continuing(ResponsesRequest request, String begin, String end, String model) {
        RelayedResponse begun = RelayedResponse.read(begin, end, model);
        ResponsesStreamEncoder encoder =
                new ResponsesStreamEncoder(request, new ResponsesEnvelope(begun, request.echoed()), item -> {});
        // The client has had the beginning, and takes a second one for a mistake.
        encoder.started = true;
        encoder.sequence = begun.nextNumber();
        return encoder;
    }

    @Override
    public String encode(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return said(delta.text());
        }
        if (event instanceof ChatEvent.ThinkingDelta delta) {
            return delta(delta.thinking());
        }
        if (event instanceof ChatEvent.InputDelta delta) {
            return delta(delta.json());
        }
        if (event instanceof ChatEvent.CitationDelta delta) {
            sources.add(delta.citation());
            return "";
        }
        if (event instanceof ChatEvent.SignatureDelta delta) {
            signature = delta.signature();
            return "";
        }
        if (event instanceof ChatEvent.BlockStarted start) {
            return blockStart(start.block());
        }
        if (event instanceof ChatEvent.BlockStopped) {
            hasWholeText = true;
            return annotations();
        }
        if (event instanceof ChatEvent.Started start) {
            usage = start.usage();
            return created();
        }
        if (event instanceof ChatEvent.Finishing end) {
            usage = usage.updatedBy(end.usage());
            stopReason = ResponsesItems.reason(end.reason(), refused);
            if (item != null) {
                ResponsesItems.last(item, stopReason);
            }
            return itemDone(ResponsesEnvelope.isCut(stopReason));
        }
        return event instanceof ChatEvent.Stopped ? ended() : "";
    }

    @Override
    public String fail(ProviderException failure) {
        UpstreamError told = UpstreamError.of(failure);
        String before = created() + (hasWholeText ? itemDone(false) : "");
        if (item != null) {
            if (parts != null) {
                parts.end();
            }
            output.add(ResponsesItems.cut(item, text.toString()));
            item = null;
        }
        ObjectNode failed = event("response.failed");
        failed.set("response", envelope.failed(told, output));
        ObjectNode error = event("error");
        error.setAll(ResponsesEnvelope.error(told));
        return before + send(failed) + send(error);
    }

    private String created() {
        if (started) {
            return "";
        }
        started = true;
        ObjectNode created = event("response.created");
        created.set("response", envelope.inProgress());
        return send(created);
    }

    /** A message goes on for as long as there is no other item. */
    private String blockStart(ContentBlock block) {
        hasWholeText = false;
        if (parts != null && block instanceof ContentBlock.Text more) {
            untold = false;
            return parts.beginsPart(more) ? partDone(parts) + partStart(parts, more) : goOn(parts, more);
        }
        Optional<ObjectNode> next = items.start(block);
        untold = next.isEmpty();
        if (next.isPresent()) {
            if (item != null && block instanceof ContentBlock.ToolUse) {
                ResponsesItems.beforeCall(item);
            }
            return itemDone(false) + itemStart(next.get(), block);
        }
        if (parts != null) {
            parts.interrupt();
        }
        return "";
    }

    private String itemStart(ObjectNode begun, ContentBlock block) {
        item = begun;
        text.setLength(0);
        signature = "";
        ObjectNode added = event("response.output_item.added").put("output_index", output.size());
        added.set("item", begun.deepCopy());
        String sent = send(added);
        if (!(block instanceof ContentBlock.Text first)) {
            return sent;
        }
        MessageParts message = items.parts(begun);
        parts = message;
        return sent + partStart(message, first);
    }

    private String partStart(MessageParts message, ContentBlock.Text block) {
        message.begin(block);
        refused |= message.isRefusal() && Refusal.isOfModel(block);
        return sendOfItem(ResponsesParts.start(message));
    }

    private static String goOn(MessageParts message, ContentBlock.Text block) {
        message.begin(block);
        return "";
    }

    private String partDone(MessageParts message) {
        message.end();
        StringBuilder sent = new StringBuilder();
        ResponsesParts.end(message).forEach(event -> sent.append(sendOfItem(event)));
        return sent.toString();
    }

    private String said(String more) {
        return parts == null || more.isEmpty() ? "" : sendOfItem(ResponsesParts.delta(parts, parts.add(more)));
    }

    private String delta(String more) {
        if (item == null || untold || more.isEmpty()) {
            return "";
        }
        boolean partBegins = text.isEmpty() && item.path("type").textValue().equals("reasoning");
        String start = partBegins ? partStart() : "";
        text.append(more);
        return start + ResponsesParts.delta(item, more).map(this::sendOfItem).orElse("");
    }

    /** The sources of the block, whose place is known when it has ended. */
    private String annotations() {
        StringBuilder sent = new StringBuilder();
        MessageParts message = parts;
        if (message != null) {
            sources.forEach(source -> message.cite(source)
                    .ifPresent(page -> sent.append(sendOfItem(ResponsesParts.annotation(message, page)))));
        }
        sources.clear();
        return sent.toString();
    }

    private String partStart() {
        return item == null
                ? ""
                : ResponsesParts.start(item).map(this::sendOfItem).orElse("");
    }

    private String itemDone(boolean cut) {
        if (item == null) {
            return "";
        }
        ObjectNode whole = item;
        StringBuilder sent = new StringBuilder(parts == null ? "" : partDone(parts));
        ResponsesItems.complete(whole, text.toString());
        ReasoningItem.prove(whole, text.toString(), signature);
        if (cut) {
            ResponsesItems.cut(whole);
        }
        if (text.isEmpty() && whole.path("type").textValue().equals("function_call")) {
            // Who puts a call together from its pieces takes none for no JSON at all.
            ResponsesParts.delta(whole, whole.path("arguments").textValue())
                    .ifPresent(event -> sent.append(sendOfItem(event)));
        }
        ResponsesParts.end(whole).forEach(event -> sent.append(sendOfItem(event)));
        ObjectNode done = event("response.output_item.done").put("output_index", output.size());
        done.set("item", whole);
        output.add(whole);
        kept.accept(whole);
        item = null;
        parts = null;
        return sent.append(send(done)).toString();
    }

    private String ended() {
        ObjectNode response = envelope.ended(stopReason, output, usage);
        ObjectNode ended = event("response." + response.path("status").textValue());
        ended.set("response", response);
        return send(ended);
    }

    /** Sends an event about the item that is open. */
    private String sendOfItem(ObjectNode event) {
        ObjectNode numbered = event(event.path("type").textValue());
        numbered.put("output_index", output.size());
        if (item != null) {
            numbered.set("item_id", item.path("id"));
        }
        numbered.setAll(event);
        return send(numbered);
    }

    private ObjectNode event(String type) {
        return Json.object().put("type", type).put("sequence_number", sequence++);
    }

    private static String send(ObjectNode event) {
        return SseText.event(event.path("type").textValue(), event);
    }
}
