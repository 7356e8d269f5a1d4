/** Patchbay for applications that are wired by Guice; the only package that knows it. */
@NullMarked
package dev.patchbay.guice;

import org.jspecify.annotations.NullMarked;
