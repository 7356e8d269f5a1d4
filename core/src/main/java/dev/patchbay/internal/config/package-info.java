/** Reads provider files from folders, files and code, layer by layer. */
@NullMarked
package dev.patchbay.internal.config;

import org.jspecify.annotations.NullMarked;
