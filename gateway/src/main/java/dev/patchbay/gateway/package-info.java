/** The gateway: one local address where any client reaches any provider; relays a dialect as it is, or translates it. */
@NullMarked
package dev.patchbay.gateway;

import org.jspecify.annotations.NullMarked;
