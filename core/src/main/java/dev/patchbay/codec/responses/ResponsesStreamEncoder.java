package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.sse.SseText;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer as the event stream of OpenAI Responses (dialects.md, P5). */
public final class ResponsesStreamEncoder implements StreamEncoder {

    private final ResponsesEnvelope envelope;
    private final ResponsesItems items;
    private final List<ObjectNode> output = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable ObjectNode item;
    private int sequence;
    private boolean started;
    private Usage usage = Usage.unknown();
    private StopReason stopReason = StopReason.END_TURN;

    /**
     * An encoder for one answer.
     *
     * @param model the model that the client asked for
     * @param tools of the request that is answered
     */
    public ResponsesStreamEncoder(String model, ResponsesTools tools) {
        this.envelope = new ResponsesEnvelope(model);
        this.items = new ResponsesItems(tools);
    }

    @Override
    public String encode(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return delta(delta.text());
        }
        if (event instanceof ChatEvent.ThinkingDelta delta) {
            return delta(delta.thinking());
        }
        if (event instanceof ChatEvent.InputDelta delta) {
            return delta(delta.json());
        }
        if (event instanceof ChatEvent.BlockStarted start) {
            return itemStart(start);
        }
        if (event instanceof ChatEvent.BlockStopped) {
            return itemDone();
        }
        if (event instanceof ChatEvent.Started start) {
            usage = start.usage();
            return created();
        }
        if (event instanceof ChatEvent.Finishing end) {
            usage = usage.updatedBy(end.usage());
            stopReason = end.reason();
            return "";
        }
        return event instanceof ChatEvent.Stopped ? ended() : "";
    }

    @Override
    public String fail(ProviderException failure) {
        String created = created();
        ObjectNode failed = event("response.failed");
        failed.set("response", envelope.failed(UpstreamError.of(failure), output));
        return created + send(failed);
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

    private String itemStart(ChatEvent.BlockStarted start) {
        item = items.start(start.block()).orElse(null);
        text.setLength(0);
        if (item == null) {
            return "";
        }
        ObjectNode added = event("response.output_item.added").put("output_index", output.size());
        added.set("item", item.deepCopy());
        return send(added) + ResponsesParts.start(item).map(this::sendOfItem).orElse("");
    }

    private String delta(String more) {
        if (item == null) {
            return "";
        }
        text.append(more);
        return ResponsesParts.delta(item, more).map(this::sendOfItem).orElse("");
    }

    private String itemDone() {
        if (item == null) {
            return "";
        }
        ObjectNode whole = item;
        ResponsesItems.complete(whole, text.toString());
        StringBuilder sent = new StringBuilder();
        ResponsesParts.end(whole).forEach(event -> sent.append(sendOfItem(event)));
        ObjectNode done = event("response.output_item.done").put("output_index", output.size());
        done.set("item", whole);
        output.add(whole);
        item = null;
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
