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
            if (field.equals("data")) {
                data.add(value);
            } else if (field.equals("event")) {
                name = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            } else if (line.isEmpty()) {
                String joined = String.join("\n", data);
                if (!joined.isEmpty()) {
                    events.add(name + "=" + joined);
                }
                data.clear();
                name = "";
            }
        }
        return events;
    }

    private static List<String> lines(byte[] content, boolean clean) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of((text + (clean ? "\n\n" : "")).split("\n", -1)));
        lines.remove(lines.size() - 1);
        lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (!lines.isEmpty() && lines.get(0).startsWith("\u00EF\u00BB\u00BF")) {
            lines.set(0, lines.get(0).substring(3));
        }
        return lines;
    }
}
