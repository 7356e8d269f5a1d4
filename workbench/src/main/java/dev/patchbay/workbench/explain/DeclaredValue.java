package dev.patchbay.workbench.explain;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Layer;

/**
 * What one definition says at one place.
 *
 * @param value for people; the reference where it is a secret
 */
public record DeclaredValue(Layer layer, Location location, String value) {}
