/** The list of the dialects that upstreams may speak. */
@NullMarked
package dev.patchbay.codec.dialect;

import org.jspecify.annotations.NullMarked;
