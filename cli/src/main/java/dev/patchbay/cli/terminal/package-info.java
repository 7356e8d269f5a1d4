/** The three streams of the process as text, and what a terminal at their end can show. */
@NullMarked
package dev.patchbay.cli.terminal;

import org.jspecify.annotations.NullMarked;
