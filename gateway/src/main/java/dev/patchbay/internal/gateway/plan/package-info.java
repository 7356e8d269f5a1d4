/** Decides what is done with a request, and prepares it. */
@NullMarked
package dev.patchbay.internal.gateway.plan;

import org.jspecify.annotations.NullMarked;
