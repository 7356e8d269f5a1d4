/** The grammars of the event streams that clients are sent, each written down without a look at what writes them. */
@NullMarked
package dev.patchbay.fuzz.grammar;

import org.jspecify.annotations.NullMarked;
