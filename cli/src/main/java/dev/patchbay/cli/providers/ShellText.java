package dev.patchbay.cli.providers;

import dev.patchbay.provider.Piece;
import java.util.List;

/** Writes texts as words of a POSIX shell; only the place of a secret is something that the shell looks up. */
final class ShellText {

    /** What means something between double quotes, or does in an interactive shell. */
    private static final String SPECIAL = "$`\\\"!";

    private ShellText() {}

    /** One word. */
    static String word(List<Piece> pieces) {
        boolean plain = pieces.stream().allMatch(piece -> expansion(piece).isEmpty());
        if (plain) {
            return single(Piece.text(standIns(pieces)));
        }
        boolean simple = pieces.stream().noneMatch(piece -> expansion(piece).isEmpty() && isSpecial(standIn(piece)));
        return simple ? doubled(pieces) : joined(pieces);
    }

    /** What a person has to put there, where the shell cannot look it up. */
    static String standIn(Piece piece) {
        if (!(piece instanceof Piece.Gap gap)) {
            return piece.toString();
        }
        return switch (gap.secret().source()) {
            case "command" -> "<what " + gap.secret().reference() + " prints>";
            case "literal" -> "<the key at " + gap.secret().reference() + ">";
            default -> "<" + gap.secret() + ">";
        };
    }

    /** Whether the shell looks it up when the command is pasted. */
    static boolean isLookedUp(Piece.Gap gap) {
        return !expansion(gap).isEmpty();
    }

    private static String doubled(List<Piece> pieces) {
        StringBuilder word = new StringBuilder("\"");
        for (int i = 0; i < pieces.size(); i++) {
            String next = i + 1 < pieces.size() ? pieces.get(i + 1).toString() : "";
            String expansion = expansion(pieces.get(i));
            boolean braces = expansion.startsWith("$") && !expansion.startsWith("$(") && continuesName(next);
            word.append(expansion.isEmpty() ? standIn(pieces.get(i)) : braces ? braced(expansion) : expansion);
        }
        return word.append('"').toString();
    }

    private static String joined(List<Piece> pieces) {
        StringBuilder word = new StringBuilder();
        for (Piece piece : pieces) {
            String expansion = expansion(piece);
            word.append(expansion.isEmpty() ? single(standIn(piece)) : "\"" + expansion + "\"");
        }
        return word.toString();
    }

    private static String expansion(Piece piece) {
        if (!(piece instanceof Piece.Gap gap)) {
            return "";
        }
        return switch (gap.secret().source()) {
            case "env" -> "$" + gap.secret().reference();
            case "file" -> "$(cat " + single(gap.secret().reference()) + ")";
            default -> "";
        };
    }

    private static List<Piece> standIns(List<Piece> pieces) {
        return pieces.stream()
                .<Piece>map(piece -> new Piece.Text(standIn(piece)))
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

    static String single(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
