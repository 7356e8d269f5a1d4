package dev.patchbay.session;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list of sessions.
 *
 * @param sessions newest activity first
 * @param next what {@link SessionQuery.Builder#cursor} takes to go on; empty: this was the last page
 */
public record SessionPage(List<SessionRecord> sessions, Optional<String> next) {

    public SessionPage {
        sessions = List.copyOf(sessions);
    }
}
