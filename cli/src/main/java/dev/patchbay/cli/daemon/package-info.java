/** {@code patchbay daemon}: starts, finds, asks and stops the process in the background. */
@NullMarked
package dev.patchbay.cli.daemon;

import org.jspecify.annotations.NullMarked;
