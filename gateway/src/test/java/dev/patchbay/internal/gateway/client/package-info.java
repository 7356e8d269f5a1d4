@NullMarked
package dev.patchbay.internal.gateway.client;

import org.jspecify.annotations.NullMarked;
