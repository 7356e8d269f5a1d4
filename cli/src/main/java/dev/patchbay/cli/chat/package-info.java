/** {@code patchbay chat}: a talk with a provider at the terminal, or of questions that are piped in. */
@NullMarked
package dev.patchbay.cli.chat;

import org.jspecify.annotations.NullMarked;
