/** What goes wrong for users of Spring AI's models. */
@NullMarked
package dev.patchbay.springai;

import org.jspecify.annotations.NullMarked;
