/** Lets in connections and requests, as many as there is room for and of those who may. */
@NullMarked
package dev.patchbay.internal.gateway.accept;

import org.jspecify.annotations.NullMarked;
