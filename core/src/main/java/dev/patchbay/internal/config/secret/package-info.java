/** Secrets that files and callers refer to, looked up at the time of use. */
@NullMarked
package dev.patchbay.internal.config.secret;

import org.jspecify.annotations.NullMarked;
