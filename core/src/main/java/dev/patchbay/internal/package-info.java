/** What is not for others, whatever its visibility (docs/compatibility.md). */
@NullMarked
package dev.patchbay.internal;

import org.jspecify.annotations.NullMarked;
