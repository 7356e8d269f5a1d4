package dev.patchbay.internal.config;

import java.nio.file.Path;

/**
 * A file in a folder of provider files that was not read.
 *
 * @param reason why, as a sentence without a full stop
 * @param looksMeant whether somebody probably expects it to be read: there is a warning then
 */
public record SkippedFile(Path file, String reason, boolean looksMeant) {}
