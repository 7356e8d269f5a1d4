/** The OpenAI Responses dialect as its clients speak it: requests read, answers and streams written. */
@NullMarked
package dev.patchbay.codec.responses;

import org.jspecify.annotations.NullMarked;
