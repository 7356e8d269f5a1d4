@NullMarked
package dev.patchbay.internal.gateway.upstream;

import org.jspecify.annotations.NullMarked;
