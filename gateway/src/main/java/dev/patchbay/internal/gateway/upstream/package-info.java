/** Calls upstreams, and reads what they answer. */
@NullMarked
package dev.patchbay.internal.gateway.upstream;

import org.jspecify.annotations.NullMarked;
