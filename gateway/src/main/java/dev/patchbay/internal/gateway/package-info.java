/** What the parts of the gateway share: the budget of memory, the clock of silence, failures that a client can be told. */
@NullMarked
package dev.patchbay.internal.gateway;

import org.jspecify.annotations.NullMarked;
