package dev.patchbay.diagnostic;

import dev.patchbay.internal.InternalApi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
@InternalApi
public final class Nearest {

    /** With more words than this nobody means a certain one, and a hostile file would cost a great deal of time. */
    private static final int MANY = 2_000;

    private Nearest() {}

    /** The nearest of the known words, if one is near enough. */
    public static Optional<String> to(String word, Collection<String> known) {
        List<String> found = all(word, known);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** The known words that are near enough, nearest first, at most three. */
    public static List<String> all(String word, Collection<String> known) {
        if (known.size() > MANY) {
            return List.of();
        }
        String wanted = plain(word);
        List<Candidate> candidates = new ArrayList<>();
        for (String name : known) {
            String candidate = plain(name);
            if (Math.abs(candidate.length() - wanted.length()) > limit(wanted)) {
                continue;
            }
            int distance = distance(wanted, candidate);
            if (distance <= limit(wanted)) {
                candidates.add(new Candidate(name, distance));
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name));
        List<String> names = new ArrayList<>();
        for (Candidate candidate : candidates.subList(0, Math.min(3, candidates.size()))) {
            names.add(candidate.name());
        }
        return names;
    }

    /** {@code ; did you mean a or b?}, or an empty text. */
    public static String question(String word, Collection<String> known) {
        List<String> names = all(word, known);
        return names.isEmpty() ? "" : "; did you mean " + String.join(" or ", names) + "?";
    }

    private static int limit(String word) {
        return word.length() <= 4 ? 1 : word.length() <= 8 ? 2 : 3;
    }

    /** Spelling without case and separators: base_url and BaseURL are near baseUrl. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Edits from one to the other; two neighbours that changed places are one edit. */
    private static int distance(String from, String to) {
        int[][] rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 ? j : j == 0 ? i : edits(rows, from, to, i, j);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int edits(int[][] rows, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }

    private record Candidate(String name, int distance) {}
}
