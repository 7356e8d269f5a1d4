/** What every command has in common: options, exit codes, usage errors. */
@NullMarked
package dev.patchbay.cli.command;

import org.jspecify.annotations.NullMarked;
