package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.diagnostic.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The end of what a command writes to its standard error, fit to be shown: no key is in it. */
final class ErrorTail {

    private static final int MAX_BYTES = 4 * 1024;
    private static final int LINES = 3;
    private static final int MAX_COLUMNS = 200;

    /** Shorter arguments are words rather than keys. */
    private static final int KEY_LENGTH = 8;

    private final InputStream stream;
    private final List<String> argv;
    private byte[] tail = new byte[0];

    ErrorTail(InputStream stream, List<String> argv) {
        this.stream = stream;
        this.argv = argv;
    }

    /** Takes what is there, and waits for nothing: what is not taken would hold the command up. */
    void drain() throws IOException {
        for (int there = stream.available(); there > 0; there = stream.available()) {
            byte[] more = stream.readNBytes(Math.min(there, MAX_BYTES));
            byte[] all = new byte[Math.min(MAX_BYTES, tail.length + more.length)];
            int kept = all.length - more.length;
            System.arraycopy(tail, tail.length - kept, all, 0, kept);
            System.arraycopy(more, 0, all, kept, more.length);
            tail = all;
        }
    }

    /**
     * The last three lines that hold anything.
     *
     * @param printed to standard output, where the key would be; nothing of it is shown
     */
    String lines(byte[] printed) {
        String text = new String(tail, StandardCharsets.UTF_8);
        for (String line : new String(printed, StandardCharsets.UTF_8).lines().toList()) {
            text = line.isBlank() ? text : text.replace(line.strip(), "***");
        }
        for (String argument : argv.subList(1, argv.size())) {
            text = argument.length() < KEY_LENGTH ? text : text.replace(argument, "***");
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        List<String> shown = new ArrayList<>(LINES);
        for (String line : lines.subList(Math.max(0, lines.size() - LINES), lines.size())) {
            String masked = Printable.line(new SourceText(line.strip()).quote(1));
            shown.add(masked.substring(0, Math.min(MAX_COLUMNS, masked.length())));
        }
        return String.join(" / ", shown);
    }
}
