/** Problems of a configuration: what, where, and what to do; collected, never thrown one by one. */
@NullMarked
package dev.patchbay.diagnostic;

import org.jspecify.annotations.NullMarked;
