/** Tests of what the program says of itself. */
@NullMarked
package dev.patchbay.cli.log;

import org.jspecify.annotations.NullMarked;
