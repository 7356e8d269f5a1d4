/** Markdown on a terminal. */
@NullMarked
package dev.patchbay.cli.markdown;

import org.jspecify.annotations.NullMarked;
