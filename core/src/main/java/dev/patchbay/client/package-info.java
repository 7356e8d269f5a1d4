/** Clients without a session: one model each, for applications that keep conversations themselves. */
@NullMarked
package dev.patchbay.client;

import org.jspecify.annotations.NullMarked;
