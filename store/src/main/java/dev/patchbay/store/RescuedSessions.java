package dev.patchbay.store;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What could be read of a damaged store.
 *
 * @param sessions how many were copied
 * @param incomplete how many of these lack their question or a piece of their conversation
 * @param reconstructed of how many only the question or the conversation was there, and nothing else than what that shows is known
 * @param damaged the parts of the file of which something could not be read: {@code sessions}, {@code questions}, {@code conversations},
 *     {@code usage}
 */
public record RescuedSessions(int sessions, int incomplete, int reconstructed, List<String> damaged) {

    public RescuedSessions {
        damaged = List.copyOf(requireNonNull(damaged, "damaged is null"));
    }
}
