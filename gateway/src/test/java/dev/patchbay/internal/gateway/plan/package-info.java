@NullMarked
package dev.patchbay.internal.gateway.plan;

import org.jspecify.annotations.NullMarked;
