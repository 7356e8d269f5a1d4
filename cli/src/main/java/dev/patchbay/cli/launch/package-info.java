/** {@code patchbay launch}: a session from the command line. */
@NullMarked
package dev.patchbay.cli.launch;

import org.jspecify.annotations.NullMarked;
