/** The one composition root: what facade, client and gateway stand on is wired here, once. */
@NullMarked
package dev.patchbay.internal.runtime;

import org.jspecify.annotations.NullMarked;
