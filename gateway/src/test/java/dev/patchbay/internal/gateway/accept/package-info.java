@NullMarked
package dev.patchbay.internal.gateway.accept;

import org.jspecify.annotations.NullMarked;
