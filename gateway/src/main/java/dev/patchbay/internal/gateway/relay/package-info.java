/** Passes on the answer of an upstream that speaks the client's dialect. */
@NullMarked
package dev.patchbay.internal.gateway.relay;

import org.jspecify.annotations.NullMarked;
