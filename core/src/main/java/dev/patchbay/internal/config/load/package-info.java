/** Finds provider files, reads them, and gives their definitions in the order of the layers. */
@NullMarked
package dev.patchbay.internal.config.load;

import org.jspecify.annotations.NullMarked;
