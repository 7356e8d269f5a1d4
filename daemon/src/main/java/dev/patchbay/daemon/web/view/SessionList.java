package dev.patchbay.daemon.web.view;

import dev.patchbay.store.SessionCounts;
import java.util.List;

/**
 * One page of sessions.
 *
 * @param filter {@code normal}, {@code archived} or {@code draft}
 * @param search what was looked for
 * @param encodedSearch the same, as it stands in an address
 * @param self the address of this page
 * @param first the address of the first page, empty on it
 * @param next the address of the next page, empty on the last
 */
public record SessionList(
        List<SessionLine> sessions,
        String filter,
        String search,
        String encodedSearch,
        String self,
        String first,
        String next,
        SessionCounts counts) {}
