/** All providers as one immutable snapshot, each with its state and the reason for it. */
@NullMarked
package dev.patchbay.registry;

import org.jspecify.annotations.NullMarked;
