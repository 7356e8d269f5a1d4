package dev.patchbay.store;

/**
 * How many sessions there are.
 *
 * @param normal neither archived nor drafts
 */
public record SessionCounts(long normal, long archived, long draft) {}
