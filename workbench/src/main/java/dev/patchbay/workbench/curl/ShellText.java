package dev.patchbay.workbench.curl;

import dev.patchbay.provider.TextWithSecrets;
import java.util.List;

/** Writes texts as words of a POSIX shell; only the place of a secret is something that the shell looks up. */
public final class ShellText {

    /** What means something between double quotes, or does in an interactive shell. */
    private static final String SPECIAL = "$`\\\"!";

    private ShellText() {}

    /** One word. */
    static String word(List<TextWithSecrets> pieces) {
        boolean plain = pieces.stream().allMatch(piece -> expansion(piece).isEmpty());
        if (plain) {
            return single(TextWithSecrets.text(standIns(pieces)));
        }
        boolean simple = pieces.stream().noneMatch(piece -> expansion(piece).isEmpty() && isSpecial(standIn(piece)));
        return simple ? doubled(pieces) : joined(pieces);
    }

    /** What a person has to put there, where the shell cannot look it up. */
    public static String standIn(TextWithSecrets piece) {
        if (!(piece instanceof TextWithSecrets.Gap gap)) {
            return piece.toString();
        }
        return switch (gap.secret().source()) {
            case "command" -> "<what " + gap.secret().reference() + " prints>";
            case "literal" -> "<the key at " + gap.secret().reference() + ">";
            default -> "<" + gap.secret() + ">";
        };
    }

    /** Whether the shell looks it up when the command is pasted. */
    public static boolean isLookedUp(TextWithSecrets.Gap gap) {
        return !expansion(gap).isEmpty();
    }

    private static String doubled(List<TextWithSecrets> pieces) {
        StringBuilder word = new StringBuilder("\"");
        for (int i = 0; i < pieces.size(); i++) {
            String next = i + 1 < pieces.size() ? pieces.get(i + 1).toString() : "";
            String expansion = expansion(pieces.get(i));
            boolean braces = expansion.startsWith("$") && !expansion.startsWith("$(") && continuesName(next);
            word.append(expansion.isEmpty() ? standIn(pieces.get(i)) : braces ? braced(expansion) : expansion);
        }
        return word.append('"').toString();
    }

    private static String joined(List<TextWithSecrets> pieces) {
        StringBuilder word = new StringBuilder();
        for (TextWithSecrets piece : pieces) {
            String expansion = expansion(piece);
            word.append(expansion.isEmpty() ? single(standIn(piece)) : "\"" + expansion + "\"");
        }
        return word.toString();
    }

    private static String expansion(TextWithSecrets piece) {
        if (!(piece instanceof TextWithSecrets.Gap gap)) {
            return "";
        }
        return switch (gap.secret().source()) {
            case "env" -> "$" + gap.secret().reference();
            case "file" -> "$(cat " + single(gap.secret().reference()) + ")";
            default -> "";
        };
    }

    private static List<TextWithSecrets> standIns(List<TextWithSecrets> pieces) {
        return pieces.stream()
                .<TextWithSecrets>map(piece -> new TextWithSecrets.Text(standIn(piece)))
                .toList();
    }

    private static String braced(String expansion) {
        return "${" + expansion.substring(1) + "}";
    }

    private static boolean continuesName(String text) {
        return !text.isEmpty() && (Character.isLetterOrDigit(text.charAt(0)) || text.charAt(0) == '_');
    }

    private static boolean isSpecial(String text) {
        return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    /** A text that the shell takes as it stands. */
    public static String single(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
