/** Serves each request on one event loop, from its head to the end of its answer. */
@NullMarked
package dev.patchbay.internal.gateway.serve;

import org.jspecify.annotations.NullMarked;
