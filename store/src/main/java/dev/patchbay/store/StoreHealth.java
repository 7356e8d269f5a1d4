package dev.patchbay.store;

import java.util.Optional;

/**
 * How a store is.
 *
 * @param sessions how many it holds
 * @param fileBytes the size of the file
 * @param logBytes the size of the log beside it; 0 without one
 * @param damage what SQLite finds wrong with the file; empty if nothing is
 */
public record StoreHealth(long sessions, long fileBytes, long logBytes, Optional<String> damage) {}
