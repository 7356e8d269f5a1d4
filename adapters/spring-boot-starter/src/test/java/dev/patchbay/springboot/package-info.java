/** Applications with the starter. */
@NullMarked
package dev.patchbay.springboot;

import org.jspecify.annotations.NullMarked;
