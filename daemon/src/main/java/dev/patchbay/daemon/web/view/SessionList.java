package dev.patchbay.daemon.web.view;

import java.util.List;

/**
 * One page of sessions.
 *
 * @param filter {@code normal}, {@code archived} or {@code draft}
 * @param search what was looked for
 * @param self the address of this page
 * @param first the address of the first page, empty on it
 * @param next the address of the next page, empty on the last
 */
public record SessionList(
        List<SessionLine> sessions,
        String filter,
        String search,
        String self,
        String first,
        String next,
        long normal,
        long archived,
        long draft) {}
