/** The gateway as a process under thousands of clients that mean it harm. */
@NullMarked
package dev.patchbay.cli.siege;

import org.jspecify.annotations.NullMarked;
