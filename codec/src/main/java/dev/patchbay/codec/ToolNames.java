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

    /** What GPT writes before a name, out of what it was trained on (maki#518, maki#780). */
    private static final String PREFIX = "functions.";

    private final int max;

    /** Names as they were declared, by what is sent for them. */
    private final Map<String, String> originals;

    private ToolNames(int max, Map<String, String> originals) {
        this.max = max;
        this.originals = originals;
    }

    /** Names of at most {@code max} characters; {@link #restored} knows those of the tools given. */
    public static ToolNames of(List<Tool> tools, int max) {
        Map<String, String> originals = new HashMap<>();
        for (Tool tool : tools) {
            originals.put(sent(tool.name(), max), tool.name());
        }
        return new ToolNames(max, Map.copyOf(originals));
    }

    /** The name that goes upstream. A pure function of the name, so definitions, choice and history agree. */
    public String sent(String name) {
        return sent(name, max);
    }

    /**
     * The name that the client declared for a name that came from upstream. Where it declared none of that name, what servers
     * leave around one is taken off: white space (mlx-lm#1756), a marker of the model's own format behind it (ollama#12132), a
     * prefix. A name that is none of the client's then either stays as it came.
     */
    public String restored(String name) {
        String declared = originals.get(name);
        if (declared != null) {
            return declared;
        }
        int marker = name.indexOf("<|");
        String bare = (marker > 0 ? name.substring(0, marker) : name).strip();
        String rest = bare.startsWith(PREFIX) && !originals.containsKey(bare) ? bare.substring(PREFIX.length()) : bare;
        return originals.getOrDefault(rest, name);
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
