/** A request as a command that can be pasted into a shell: for the command line and the page. */
@NullMarked
package dev.patchbay.workbench.curl;

import org.jspecify.annotations.NullMarked;
