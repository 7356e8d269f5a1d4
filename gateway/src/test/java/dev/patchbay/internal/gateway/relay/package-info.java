@NullMarked
package dev.patchbay.internal.gateway.relay;

import org.jspecify.annotations.NullMarked;
