package dev.patchbay.fuzz.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.codec.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One event of a stream that we send: at most an event line, exactly one data line, a blank line. */
record Frame(String name, String data) {

    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";

    /** Cuts a whole stream; what is not of that form goes to the violations. */
    static List<Frame> of(String stream, List<String> violations) {
        List<Frame> frames = new ArrayList<>();
        if (!stream.isEmpty() && !stream.endsWith("\n\n")) {
            violations.add("the last event has no blank line");
        }
        for (String event : stream.isEmpty() ? new String[0] : stream.split("\n\n")) {
            String[] lines = event.split("\n", -1);
            String name = lines[0].startsWith(EVENT) ? lines[0].substring(EVENT.length()) : "";
            int dataLine = name.isEmpty() ? 0 : 1;
            if (lines.length != dataLine + 1 || !lines[dataLine].startsWith(DATA) || event.contains("\r")) {
                violations.add("not an event: " + event);
                continue;
            }
            frames.add(new Frame(name, lines[dataLine].substring(DATA.length())));
        }
        return frames;
    }

    /** The data as it comes out of the wire's UTF-8; missing if it is not one JSON object. */
    JsonNode json() {
        byte[] wire = data.getBytes(StandardCharsets.UTF_8);
        return Json.tryParse(new String(wire, StandardCharsets.UTF_8))
                .filter(JsonNode::isObject)
                .orElse(MissingNode.getInstance());
    }
}
