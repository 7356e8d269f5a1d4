/** Finds out whether a provider works, step by step, and what its file has to say so that it does. */
@NullMarked
package dev.patchbay.workbench.probe;

import org.jspecify.annotations.NullMarked;
