/** What calls of a gateway came to, kept in the store. */
@NullMarked
package dev.patchbay.daemon.usage;

import org.jspecify.annotations.NullMarked;
