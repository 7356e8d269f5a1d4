/** Substitutes variables and turns a merged tree into a typed definition. */
@NullMarked
package dev.patchbay.internal.config.decode;

import org.jspecify.annotations.NullMarked;
