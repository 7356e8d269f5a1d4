/** Lets definitions extend each other, and keeps credentials with the origin they were declared for. */
@NullMarked
package dev.patchbay.internal.config.merge;

import org.jspecify.annotations.NullMarked;
