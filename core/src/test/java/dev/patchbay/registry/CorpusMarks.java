package dev.patchbay.registry;

import dev.patchbay.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the marks in the comments of the corpus that say which problem is expected where. */
final class CorpusMarks {

    /** {@code #! E101 5}: that code in this line, at column 5. */
    private static final Pattern IN_LINE = Pattern.compile("#! (E\\d{3}) (\\d+)(?![\\d:])");

    /** {@code #! E101 3:5}: that code in this file, at line 3, column 5. */
    private static final Pattern IN_FILE = Pattern.compile("#! (E\\d{3}) (\\d+):(\\d+)");

    private CorpusMarks() {}

    /** The expected problems as {@code file:line:column code}, sorted. */
    static List<String> in(Path file) throws IOException {
        String[] lines = text(file).split("\r\n|\n", -1);
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            Matcher inLine = IN_LINE.matcher(lines[i]);
            while (inLine.find()) {
                marks.add(
                        mark(file.getFileName().toString(), i + 1, Integer.parseInt(inLine.group(2)), inLine.group(1)));
            }
            Matcher inFile = IN_FILE.matcher(lines[i]);
            while (inFile.find()) {
                int line = Integer.parseInt(inFile.group(2));
                int column = Integer.parseInt(inFile.group(3));
                marks.add(mark(file.getFileName().toString(), line, column, inFile.group(1)));
            }
        }
        Collections.sort(marks);
        return marks;
    }

    /** The problems of a report in the same form, sorted. */
    static List<String> of(List<Diagnostic> diagnostics) {
        List<String> marks = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            marks.add(mark(
                    Path.of(diagnostic.location().source()).getFileName().toString(),
                    diagnostic.location().line(),
                    diagnostic.location().column(),
                    diagnostic.code().id()));
        }
        Collections.sort(marks);
        return marks;
    }

    private static String mark(String file, int line, int column, String code) {
        return file + ":" + String.format("%03d:%03d", line, column) + " " + code;
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean wide = bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe;
        return new String(bytes, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }
}
