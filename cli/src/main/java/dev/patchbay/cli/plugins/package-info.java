/** {@code patchbay plugins}: what plugins there are and what became of them. */
@NullMarked
package dev.patchbay.cli.plugins;

import org.jspecify.annotations.NullMarked;
