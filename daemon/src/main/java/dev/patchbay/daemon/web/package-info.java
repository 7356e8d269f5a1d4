/** The web page: everything on the port that is neither API nor gateway. */
@NullMarked
package dev.patchbay.daemon.web;

import org.jspecify.annotations.NullMarked;
