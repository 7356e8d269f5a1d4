package dev.patchbay.testkit;

/**
 * What a process left behind.
 *
 * @param exitCode 128 plus the number of the signal, if one ended it
 */
public record ProcessOutcome(int exitCode, String stdout, String stderr) {}
