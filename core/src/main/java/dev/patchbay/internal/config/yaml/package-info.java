/** Turns the bytes of a file into a tree with places, within limits; the only package that sees SnakeYAML. */
@NullMarked
package dev.patchbay.internal.config.yaml;

import org.jspecify.annotations.NullMarked;
