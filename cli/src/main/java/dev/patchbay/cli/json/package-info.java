/** What commands print with {@code --json}. */
@NullMarked
package dev.patchbay.cli.json;

import org.jspecify.annotations.NullMarked;
