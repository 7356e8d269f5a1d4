/** What the adapters for other frameworks have in common. */
@NullMarked
package dev.patchbay.internal.adapt;

import org.jspecify.annotations.NullMarked;
