/** Says of every value of a definition where it comes from, what it overrode, and what was left out on the way. */
@NullMarked
package dev.patchbay.workbench.explain;

import org.jspecify.annotations.NullMarked;
