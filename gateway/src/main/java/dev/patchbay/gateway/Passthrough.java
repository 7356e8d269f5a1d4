package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Operation;
import dev.patchbay.route.Route;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What of a request goes to an upstream of the same dialect (dialects.md, A1 and A2). */
final class Passthrough {

    private static final String BETA = "beta=true";

    private Passthrough() {}

    /** The client's body, byte for byte where nothing but the model is changed. */
    static byte[] body(Ask ask, RequestScan scan, Route route) {
        boolean anthropic = isAnthropic(ask);
        boolean clean = anthropic && scan.mayNeedCleaning();
        boolean rules = Planner.hasBodyRules(route);
        if (!clean && !rules && scan.hasOneModel()) {
            return scan.withModel(route.upstreamModel());
        }
        ObjectNode body = Bodies.request(ask.body());
        ObjectNode before = body.deepCopy().put("model", route.upstreamModel());
        if (anthropic) {
            MessagesPassthrough.prepare(body, route.upstreamModel());
        } else {
            body.put("model", route.upstreamModel());
        }
        route.applyBodyRules(body);
        return scan.hasOneModel() && body.equals(before) ? scan.withModel(route.upstreamModel()) : Json.bytes(body);
    }

    /** The headers that pass, names in lower case: what they say concerns the model and not the way here. */
    static Map<String, String> headers(Ask ask, Route route) {
        Map<String, String> passed = new TreeMap<>();
        if (!isAnthropic(ask)) {
            return passed;
        }
        for (Map.Entry<String, String> header : ask.headers()) {
            if (MessagesPassthrough.passes(header.getKey())) {
                String name = header.getKey().toLowerCase(Locale.ROOT);
                passed.merge(name, header.getValue(), (first, second) -> first + "," + second);
            }
        }
        route.definition().headers().keySet().forEach(name -> passed.remove(name.toLowerCase(Locale.ROOT)));
        return passed;
    }

    /** With the one member of the client's query that has a meaning for the upstream. */
    static URI url(Ask ask, URI url) {
        if (!isAnthropic(ask) || !Arrays.asList(ask.query().split("&")).contains(BETA)) {
            return url;
        }
        return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + BETA);
    }

    private static boolean isAnthropic(Ask ask) {
        return ask.dialect()
                .operation()
                .filter(operation -> operation == Operation.MESSAGES || operation == Operation.COUNT_TOKENS)
                .isPresent();
    }
}
