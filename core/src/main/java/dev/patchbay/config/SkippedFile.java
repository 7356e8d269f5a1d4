package dev.patchbay.config;

import java.nio.file.Path;

/**
 * A file in a folder of provider files that was not read.
 *
 * @param reason why, as a sentence without a full stop
 */
public record SkippedFile(Path file, String reason) {}
