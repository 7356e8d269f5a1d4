/** Speaks HTTP with providers: the only package that sees the JDK's client, and where keys go onto the wire. */
@NullMarked
package dev.patchbay.internal.http;

import org.jspecify.annotations.NullMarked;
