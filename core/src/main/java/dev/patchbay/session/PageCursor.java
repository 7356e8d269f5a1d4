package dev.patchbay.session;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where a page of sessions ended: at a time of activity and, where several share it, at an id. */
record PageCursor(Instant lastActivityAt, String id) {

    private static final Comparator<PageCursor> ORDER =
            Comparator.comparing(PageCursor::lastActivityAt).reversed().thenComparing(PageCursor::id);

    /**
     * The page of a query, from all that it asks for in any order.
     *
     * @throws IllegalArgumentException if its cursor is none
     */
    static SessionPage page(List<SessionRecord> found, SessionQuery query) {
        Optional<PageCursor> after = query.cursor().map(PageCursor::parse);
        List<SessionRecord> rest = found.stream()
                .filter(session -> after.isEmpty() || ORDER.compare(after.get(), of(session)) < 0)
                .sorted(Comparator.comparing(PageCursor::of, ORDER))
                .limit(query.limit() + 1L)
                .toList();
        if (rest.size() <= query.limit()) {
            return new SessionPage(rest, Optional.empty());
        }
        List<SessionRecord> page = rest.subList(0, query.limit());
        return new SessionPage(page, Optional.of(of(page.get(page.size() - 1)).toString()));
    }

    private static PageCursor of(SessionRecord session) {
        return new PageCursor(session.lastActivityAt(), session.id());
    }

    private static PageCursor parse(String text) {
        int at = text.indexOf('_');
        try {
            return new PageCursor(Instant.parse(text.substring(0, Math.max(at, 0))), text.substring(at + 1));
        } catch (DateTimeException notOurs) {
            throw new IllegalArgumentException("'" + text + "' is no cursor of a list of sessions", notOurs);
        }
    }

    @Override
    public String toString() {
        return lastActivityAt + "_" + id;
    }
}
