/** The gateway in the foreground. */
@NullMarked
package dev.patchbay.cli.gateway;

import org.jspecify.annotations.NullMarked;
