/** Checks a plugin jar without a provider: what a host would do with it, and what it would suffer from it. */
@NullMarked
package dev.patchbay.workbench.verify;

import org.jspecify.annotations.NullMarked;
