/** Event streams as they come over the wire: bytes to lines, lines to events (dialects.md, S1). */
@NullMarked
package dev.patchbay.codec.sse;

import org.jspecify.annotations.NullMarked;
