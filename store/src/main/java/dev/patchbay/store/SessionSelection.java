package dev.patchbay.store;

import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The statement that finds what a query asks for. */
final class SessionSelection {

    /** The index holds every three letters in a row; shorter words are looked for in the texts themselves. */
    private static final int SHORTEST_INDEXED = 3;

    /** More words than anybody types; each is a condition of the statement. */
    private static final int MOST_WORDS = 32;

    /** In characters; what it takes to find a word grows with its length and with that of the texts. */
    private static final int LONGEST_WORD = 100;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\x{0}]+");

    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private SessionSelection() {}

    /** @throws IllegalArgumentException if its cursor is none */
    static SessionSelection of(SessionQuery query) {
        SessionSelection selection = new SessionSelection();
        condition(query.filter()).ifPresent(selection::and);
        if (query.leavesOnly()) {
            selection.and("NOT EXISTS (SELECT 1 FROM sessions c WHERE c.parent_id = s.id)");
        }
        query.text().ifPresent(selection::words);
        query.cursor().ifPresent(selection::after);
        return selection;
    }

    /** The whole statement, one row longer than the page, so that it is known whether there is another page. */
    String page() {
        return SessionRows.SELECT_BRIEF + conditions() + " ORDER BY s.last_activity_at DESC, s.id LIMIT ?";
    }

    /** The statement that counts what several filters take, each in a column of its name in lower case. */
    static String counts(SessionQuery.Filter... filters) {
        return Stream.of(filters)
                .map(filter -> "count(*)"
                        + condition(filter)
                                .map(condition -> " FILTER (WHERE " + condition + ")")
                                .orElse("")
                        + " AS " + filter.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "SELECT ", " FROM sessions s"));
    }

    Object[] values(int limit) {
        List<Object> all = new ArrayList<>(values);
        all.add(limit);
        return all.toArray();
    }

    private String conditions() {
        return where.isEmpty() ? "" : " WHERE " + where;
    }

    private static Optional<String> condition(SessionQuery.Filter filter) {
        return switch (filter) {
            case NORMAL -> Optional.of("NOT s.archived AND s.status NOT IN ('draft', 'discarded')");
            case ARCHIVED -> Optional.of("s.archived");
            case DRAFT -> Optional.of("s.status = 'draft'");
            case ALL -> Optional.empty();
        };
    }

    private void words(String text) {
        List<String> words = BLANKS.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() > MOST_WORDS) {
            throw new IllegalArgumentException("a search takes " + MOST_WORDS + " words at most, not " + words.size());
        }
        words.forEach(this::word);
    }

    /** What is found is found as it stands: no sign in a word means anything. */
    private void word(String word) {
        if (word.length() > LONGEST_WORD) {
            throw new IllegalArgumentException(
                    "a word of a search has " + LONGEST_WORD + " characters at most, not " + word.length());
        }
        List<String> patterns = patterns(word);
        List<Object> values = new ArrayList<>();
        // One for each column that is searched.
        IntStream.range(0, 3).forEach(column -> values.addAll(patterns));
        if (word.codePointCount(0, word.length()) < SHORTEST_INDEXED) {
            and("s.key IN (" + literally("", "", patterns.size()) + ")", values.toArray());
            return;
        }
        String phrase = "\"" + word.replace("\"", "\"\"") + "\"";
        values.addAll(0, List.of(phrase, phrase));
        and(
                "s.key IN (SELECT rowid FROM requests_text WHERE requests_text MATCH ?"
                        + " UNION SELECT session FROM events"
                        + " WHERE position IN (SELECT rowid FROM events_text WHERE events_text MATCH ?)"
                        + " UNION "
                        + literally(
                                "session IN (SELECT session FROM unindexed_requests) AND ",
                                "position IN (SELECT position FROM unindexed_events) AND ",
                                patterns.size())
                        + ")",
                values.toArray());
    }

    /** What is looked for in the texts themselves, of those rows that the conditions take. */
    private static String literally(String requests, String events, int patterns) {
        return "SELECT session FROM requests WHERE " + requests + "(" + like("title", patterns) + " OR "
                + like("query", patterns) + ") UNION SELECT session FROM events WHERE " + events + "("
                + like("text", patterns) + ")";
    }

    /** An expression, since SQLite compiles a statement anew for each value that LIKE is given as it is. */
    private static String like(String column, int patterns) {
        return String.join(" OR ", Collections.nCopies(patterns, column + " LIKE '%' || ? || '%' ESCAPE '\\'"));
    }

    /** The index knows capital letters of every script, and LIKE those of ASCII alone: of others as they are written most. */
    private static List<String> patterns(String word) {
        String literal = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        if (word.chars().allMatch(letter -> letter < 128)) {
            return List.of(literal);
        }
        String small = literal.toLowerCase(Locale.ROOT);
        int first = small.offsetByCodePoints(0, 1);
        String capital = small.substring(0, first).toUpperCase(Locale.ROOT) + small.substring(first);
        return Stream.of(literal, small, literal.toUpperCase(Locale.ROOT), capital)
                .distinct()
                .toList();
    }

    private void after(String cursor) {
        int at = cursor.indexOf('_');
        try {
            long moment = Long.parseLong(cursor.substring(0, Math.max(at, 0)));
            and(
                    "(s.last_activity_at < ? OR (s.last_activity_at = ? AND s.id > ?))",
                    moment,
                    moment,
                    cursor.substring(at + 1));
        } catch (NumberFormatException notOurs) {
            throw new IllegalArgumentException("'" + cursor + "' is no cursor of a list of sessions", notOurs);
        }
    }

    static String cursor(SessionRecord last) {
        Instant moment = last.lastActivityAt();
        return Sql.nanos(moment) + "_" + last.id();
    }

    private void and(String condition, Object... more) {
        where.append(where.isEmpty() ? "" : " AND ").append(condition);
        values.addAll(List.of(more));
    }
}
