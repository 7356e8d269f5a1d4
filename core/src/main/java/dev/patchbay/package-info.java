/** The front door: everything an application needs to launch sessions on any provider. */
@NullMarked
package dev.patchbay;

import org.jspecify.annotations.NullMarked;
