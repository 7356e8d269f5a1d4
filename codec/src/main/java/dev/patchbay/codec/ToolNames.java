package dev.patchbay.codec;

import dev.patchbay.spi.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tool names as an upstream accepts them, and back (dialects.md, K5 and R10).
 *
 * <p>Immutable.
 */
public final class ToolNames {

    /** What GPT (maki#518, maki#780) and Gemini (OmniRoute#9575) write before a name, out of what they were trained on. */
    private static final List<String> PREFIXES = List.of("functions.", "default_api.", "default_api:");

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
     * prefix; and a name that differs from one of them in case alone is that one. Any other stays as it came.
     */
    public String restored(String name) {
        String declared = originals.get(name);
        if (declared != null) {
            return declared;
        }
        int marker = name.indexOf("<|");
        String bare = (marker > 0 ? name.substring(0, marker) : name).strip();
        for (String prefix : PREFIXES) {
            if (bare.startsWith(prefix) && !originals.containsKey(bare)) {
                bare = bare.substring(prefix.length());
            }
        }
        String meant = originals.get(bare);
        return meant == null ? inAnotherCase(bare).orElse(name) : meant;
    }

    /** Whether a name is none that was declared, but only the beginning of one: some servers send names in pieces. */
    public boolean isBeginning(String name) {
        return !originals.containsKey(name) && isBeginningOfSome(name);
    }

    /** Whether a piece goes on with a name that is only the beginning of one. */
    public boolean goesOn(String beginning, String piece) {
        return !piece.isEmpty() && isBeginning(beginning) && isBeginningOfSome(beginning + piece);
    }

    private boolean isBeginningOfSome(String name) {
        return !name.isEmpty() && originals.keySet().stream().anyMatch(declared -> declared.startsWith(name));
    }

    /** The one name that differs in case alone; none where there are several. */
    private Optional<String> inAnotherCase(String name) {
        List<String> found = originals.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
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
