/** The store of sessions as commands use it, and the commands about what is in it. */
@NullMarked
package dev.patchbay.cli.session;

import org.jspecify.annotations.NullMarked;
