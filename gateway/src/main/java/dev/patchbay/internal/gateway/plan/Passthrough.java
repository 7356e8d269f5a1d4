package dev.patchbay.internal.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.OmittedImages;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.chat.ChatPassthrough;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.internal.gateway.ConnectionHeader;
import dev.patchbay.internal.gateway.client.EmbeddingsClient;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.TraceContext;
import dev.patchbay.provider.Operation;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What of a request goes to an upstream of the same dialect (dialects.md, A1 and A2). */
final class Passthrough {

    private static final String BETA = "beta=true";

    private Passthrough() {}

    /** The client's body, byte for byte where nothing but the model is changed. */
    static byte[] body(ReceivedRequest received, RequestScan scan, Route route, DroppedMembers dropped) {
        boolean anthropic = isAnthropic(received);
        Quirks quirks = route.quirks();
        boolean changed = scan.hasSystemMessages() && !quirks.midSystem().equals("keep");
        boolean chat =
                received.dialect().operation().filter(Operation.CHAT::equals).isPresent();
        changed |= chat && scan.hasToolCalls() && ChatPassthrough.changesCalls(quirks);
        changed |= chat && scan.hasTools() && ChatPassthrough.changesSchemas(quirks);
        changed |= chat && scan.hasStreamOptions() && !quirks.streamUsage();
        changed |= chat && scan.hasEmptyTools();
        changed |= scan.hasImages() && !quirks.images();
        boolean clean = changed || (anthropic && scan.mayNeedCleaning());
        // They are written for conversations; a server refuses a temperature of vectors.
        boolean rules = !(received.dialect() instanceof EmbeddingsClient) && Planner.hasBodyRules(route);
        if (!clean && !rules && scan.hasOneModel()) {
            return scan.withModel(route.upstreamModel());
        }
        ObjectNode body = Bodies.request(received.body());
        ObjectNode before = body.deepCopy().put("model", route.upstreamModel());
        if (anthropic) {
            MessagesPassthrough.prepare(body, route.upstreamModel(), quirks.midSystem());
        } else {
            body.put("model", route.upstreamModel());
            if (chat) {
                ChatPassthrough.prepare(body, quirks, dropped);
            }
        }
        OmittedImages.replace(body, quirks, dropped);
        if (rules) {
            route.applyBodyRules(body);
        }
        return scan.hasOneModel() && body.equals(before) ? scan.withModel(route.upstreamModel()) : Json.bytes(body);
    }

    /** The headers that pass, names in lower case: what they say concerns the model, or the trace of which this call is a part. */
    static Map<String, String> headers(ReceivedRequest received, Route route) {
        Map<String, String> passed = trace(received, route);
        if (!isAnthropic(received)) {
            return passed;
        }
        Set<String> own = ConnectionHeader.named(received.headers());
        for (Map.Entry<String, String> header : received.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (MessagesPassthrough.passes(name) && !own.contains(name)) {
                passed.merge(name, header.getValue(), (first, second) -> first + "," + second);
            }
        }
        route.definition().headers().keySet().forEach(name -> passed.remove(name.toLowerCase(Locale.ROOT)));
        return passed;
    }

    /** The trace of which the call is a part, as W3C Trace Context has it, where the provider's file names no other. */
    static Map<String, String> trace(ReceivedRequest received, Route route) {
        Map<String, String> passed = TraceContext.headers(
                received.headers().get(TraceContext.PARENT), received.headers().get(TraceContext.STATE));
        if (passed.isEmpty()) {
            return passed;
        }
        passed.keySet().removeAll(ConnectionHeader.named(received.headers()));
        route.definition().headers().keySet().forEach(name -> passed.remove(name.toLowerCase(Locale.ROOT)));
        return passed;
    }

    /** With the one member of the client's query that has a meaning for the upstream. */
    static URI url(ReceivedRequest received, URI url) {
        if (!isAnthropic(received)
                || !Arrays.asList(received.query().split("&")).contains(BETA)) {
            return url;
        }
        return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + BETA);
    }

    private static boolean isAnthropic(ReceivedRequest received) {
        return received.dialect()
                .operation()
                .filter(operation -> operation == Operation.MESSAGES || operation == Operation.COUNT_TOKENS)
                .isPresent();
    }
}
