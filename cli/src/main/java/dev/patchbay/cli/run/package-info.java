/** Runs coding agents and other programs on any provider, through a gateway of their own. */
@NullMarked
package dev.patchbay.cli.run;

import org.jspecify.annotations.NullMarked;
