/** Why something is not done, in the one shape that clients get. */
@NullMarked
package dev.patchbay.daemon.problem;

import org.jspecify.annotations.NullMarked;
