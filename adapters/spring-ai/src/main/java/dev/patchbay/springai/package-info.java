/** Patchbay's models as those of Spring AI. */
@NullMarked
package dev.patchbay.springai;

import org.jspecify.annotations.NullMarked;
