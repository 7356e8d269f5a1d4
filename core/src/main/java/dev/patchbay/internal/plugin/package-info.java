/** Finds plugins, on the class path and in jars, and keeps what goes wrong with one away from the others. */
@NullMarked
package dev.patchbay.internal.plugin;

import org.jspecify.annotations.NullMarked;
