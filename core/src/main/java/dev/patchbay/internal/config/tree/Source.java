package dev.patchbay.internal.config.tree;

import dev.patchbay.diagnostic.SourceText;
import dev.patchbay.provider.Layer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of provider definitions, or what stands for one.
 *
 * @param name as messages call it
 * @param layer the layer that it belongs to
 * @param path the file on disk; empty for what is in a jar or was passed in code
 * @param text its text, for quoting
 */
public record Source(String name, Layer layer, Optional<Path> path, SourceText text) {}
