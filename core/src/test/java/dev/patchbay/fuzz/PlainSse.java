package dev.patchbay.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads an event stream that is there as a whole, as plainly as can be: what the real parser is compared with. */
final class PlainSse {

    private PlainSse() {}

    /** The events as {@code name=data}, the bytes of the data as Latin-1. */
    static List<String> events(byte[] content, boolean clean) {
        List<String> events = new ArrayList<>();
        List<String> data = new ArrayList<>();
        String name = "";
        for (String line : lines(content, clean)) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            boolean marker = field.equals("data") && value.matches(" *\\[DONE\\][ \t]*");
            boolean bare = isBareJson(line, field, String.join("\n", data));
            boolean next = field.equals("data") || field.equals("event") || bare;
            if (line.isEmpty() || (next && !data.isEmpty() && (marker || isWhole(String.join("\n", data))))) {
                give(name, data, events);
                name = "";
            }
            if (field.equals("data")) {
                data.add(value);
            } else if (bare) {
                data.add(line);
            } else if (field.equals("event")) {
                name = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
            if (marker) {
                give(name, data, events);
                name = "";
            }
        }
        return events;
    }

    /** JSON that begins or goes on without a field's name. */
    private static boolean isBareJson(String line, String field, String before) {
        if (line.isEmpty() || field.equals("data") || field.equals("event")) {
            return false;
        }
        return line.startsWith("{") || (line.matches("(?s)[^ir:].*") && before.startsWith("{") && !isWhole(before));
    }

    private static void give(String name, List<String> data, List<String> events) {
        String joined = String.join("\n", data);
        if (!joined.isEmpty()) {
            events.add(name + "=" + joined);
        }
        data.clear();
    }

    /** Whether the outermost bracket of a JSON value has closed. */
    private static boolean isWhole(String text) {
        String outside = text.replaceAll("(?s)\"(?:[^\"\\\\]|\\\\.)*+(?:\"|\\z|\\\\\\z)", "s");
        long opened = outside.chars().filter(c -> c == '{' || c == '[').count();
        long closed = outside.chars().filter(c -> c == '}' || c == ']').count();
        boolean openString =
                text.replaceAll("(?s)\"(?:[^\"\\\\]|\\\\.)*+\"", "s").contains("\"");
        return opened > 0 && opened == closed && !openString;
    }

    private static List<String> lines(byte[] content, boolean clean) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of((text + (clean ? "\n\n" : "")).split("\r\n|\n|\r", -1)));
        lines.remove(lines.size() - 1);
        if (!lines.isEmpty() && lines.get(0).startsWith("\u00EF\u00BB\u00BF")) {
            lines.set(0, lines.get(0).substring(3));
        }
        return lines;
    }
}
