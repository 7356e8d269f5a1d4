/** What libraries and the core log: nothing, unless {@code --debug} asks for it. */
@NullMarked
package dev.patchbay.cli.log;

import org.jspecify.annotations.NullMarked;
