/** The plugins that come with Patchbay: three providers as data, and a demonstration that needs no provider at all. */
@NullMarked
package dev.patchbay.builtin;

import org.jspecify.annotations.NullMarked;
