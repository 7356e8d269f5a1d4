/** {@code patchbay providers}: what providers there are, in which state, and what is wrong with their files. */
@NullMarked
package dev.patchbay.cli.providers;

import org.jspecify.annotations.NullMarked;
