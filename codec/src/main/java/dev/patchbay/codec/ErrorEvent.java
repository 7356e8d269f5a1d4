package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One event, or line of JSON, in the body of an error.
 *
 * @param name empty if it has none
 * @param json its data; empty if that is no JSON object or list
 */
record ErrorEvent(String name, String data, Optional<JsonNode> json) {

    private static final String MARKER = "[DONE]";
    /** Of events that are errors, as a name or as a type. */
    static final Set<String> NAMES = Set.of("error", "response.failed");

    private static final List<String> STARTS = List.of("data:", "event:", "id:", "retry:", ":", "{");

    /** Whether a body consists of them. */
    static boolean areIn(String body) {
        return STARTS.stream().anyMatch(body::startsWith);
    }

    /** Those that say something; lines whose name is missing or unknown say nothing. */
    static List<ErrorEvent> in(String body) {
        Reader reader = new Reader();
        body.lines().forEach(reader::line);
        reader.end();
        return reader.events;
    }

    /** Whether it says that something went wrong. */
    boolean isError() {
        return NAMES.contains(name) || json.filter(ErrorBody::isError).isPresent();
    }

    private static final class Reader {

        private final List<ErrorEvent> events = new ArrayList<>();
        private final List<String> data = new ArrayList<>();
        private String name = "";

        void line(String line) {
            if (line.isBlank()) {
                end();
            } else if (line.startsWith("event:")) {
                end();
                name = behindColon(line);
            } else if (line.startsWith("data:")) {
                data.add(behindColon(line));
            } else if (line.startsWith("{")) {
                end();
                data.add(line);
            } else if (!data.isEmpty() && data.get(0).startsWith("{") && !areIn(line)) {
                data.add(line);
            }
        }

        /** Some servers end an event with one line feed only. */
        void end() {
            String whole = String.join("\n", data);
            if (data.size() == 1 || json(whole).isPresent()) {
                add(whole);
            } else {
                data.forEach(this::add);
            }
            data.clear();
            name = "";
        }

        private void add(String said) {
            String text = said.strip();
            if (!text.isEmpty() && !text.equals(MARKER) && !text.startsWith(":") && !name.equals("ping")) {
                events.add(new ErrorEvent(name, text, json(text)));
            }
        }

        private static String behindColon(String line) {
            return line.substring(line.indexOf(':') + 1).strip();
        }

        private static Optional<JsonNode> json(String text) {
            return Json.tryParse(text).or(() -> Json.tryParseLoose(text)).filter(JsonNode::isContainerNode);
        }
    }
}
