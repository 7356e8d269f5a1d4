/** Reads provider files from folders, files and code, layer by layer. */
@NullMarked
package dev.patchbay.config;

import org.jspecify.annotations.NullMarked;
