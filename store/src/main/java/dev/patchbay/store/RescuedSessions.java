package dev.patchbay.store;

/**
 * What could be read of a damaged store.
 *
 * @param sessions how many were copied
 * @param incomplete how many of these lack a piece of their conversation
 */
public record RescuedSessions(int sessions, int incomplete) {}
