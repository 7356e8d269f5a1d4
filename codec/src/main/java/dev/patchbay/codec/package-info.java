/** What the codecs of all wire dialects share: quirks, names and ids, errors, and the interfaces that callers see. */
@NullMarked
package dev.patchbay.codec;

import org.jspecify.annotations.NullMarked;
