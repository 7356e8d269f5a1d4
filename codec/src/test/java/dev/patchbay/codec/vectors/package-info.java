/** The vectors of dialects.md, and the executable definition of how an answer is compared with one. */
@NullMarked
package dev.patchbay.codec.vectors;

import org.jspecify.annotations.NullMarked;
