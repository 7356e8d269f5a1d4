package dev.patchbay.config.explain;

import dev.patchbay.config.tree.Layer;
import dev.patchbay.diagnostic.Location;

/**
 * What one definition says at one place.
 *
 * @param value for people; the reference where it is a secret
 */
public record Said(Layer layer, Location location, String value) {}
