/** Any bytes at all into whatever reads foreign bytes: seeds and their mutations in every build, coverage-guided on request. */
@NullMarked
package dev.patchbay.fuzz;

import org.jspecify.annotations.NullMarked;
