/** The daemon: starts and ends it, and says where it is found. */
@NullMarked
package dev.patchbay.daemon;

import org.jspecify.annotations.NullMarked;
