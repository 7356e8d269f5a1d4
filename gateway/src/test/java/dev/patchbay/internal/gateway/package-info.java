@NullMarked
package dev.patchbay.internal.gateway;

import org.jspecify.annotations.NullMarked;
