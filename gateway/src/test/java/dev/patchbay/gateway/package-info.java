@NullMarked
package dev.patchbay.gateway;

import org.jspecify.annotations.NullMarked;
