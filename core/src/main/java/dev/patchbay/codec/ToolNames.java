package dev.patchbay.codec;

import dev.patchbay.spi.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tool names as an upstream accepts them, and back (dialects.md, K5 and R10).
 *
 * <p>Immutable.
 */
public final class ToolNames {

    private final int max;
    private final Map<String, String> originals;

    private ToolNames(int max, Map<String, String> originals) {
        this.max = max;
        this.originals = originals;
    }

    /** Names of at most {@code max} characters; {@link #restored} knows those of the tools given. */
    public static ToolNames of(List<Tool> tools, int max) {
        Map<String, String> originals = new HashMap<>();
        for (Tool tool : tools) {
            String sent = sent(tool.name(), max);
            if (!sent.equals(tool.name())) {
                originals.put(sent, tool.name());
            }
        }
        return new ToolNames(max, Map.copyOf(originals));
    }

    /** The name that goes upstream. A pure function of the name, so definitions, choice and history agree. */
    public String sent(String name) {
        return sent(name, max);
    }

    /** The name that the client declared for a name that came from upstream. */
    public String restored(String name) {
        return originals.getOrDefault(name, name);
    }

    /** A text of {@code [A-Za-z0-9_-]}, at most {@code max} characters long; the same text if it already is one. */
    static String sent(String name, int max) {
        boolean legal = isLegal(name);
        if (legal && name.length() <= max) {
            return name;
        }
        return Hashes.shorten(legal ? name : replaced(name), name, max);
    }

    private static boolean isLegal(String name) {
        return !name.isEmpty() && name.chars().allMatch(ToolNames::isLegal);
    }

    private static String replaced(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints().forEach(c -> text.append(isLegal(c) ? (char) c : '_'));
        return text.toString();
    }

    private static boolean isLegal(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
