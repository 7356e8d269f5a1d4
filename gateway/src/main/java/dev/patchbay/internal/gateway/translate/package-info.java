/** Turns the answer of an upstream into the internal form. */
@NullMarked
package dev.patchbay.internal.gateway.translate;

import org.jspecify.annotations.NullMarked;
