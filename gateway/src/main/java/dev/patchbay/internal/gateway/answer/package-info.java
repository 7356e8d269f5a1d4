/** Answers a client: the exchange with it, the body that it reads, the shape in which it wants an answer. */
@NullMarked
package dev.patchbay.internal.gateway.answer;

import org.jspecify.annotations.NullMarked;
