package dev.patchbay.daemon.service;

import java.time.Instant;

/**
 * Which daemon it is.
 *
 * @param id made at each start, so that nobody takes another program for it
 * @param version of Patchbay
 */
public record DaemonIdentity(String id, String version, Instant startedAt) {}
