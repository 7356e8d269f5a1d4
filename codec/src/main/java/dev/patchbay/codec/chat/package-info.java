/** The OpenAI chat completions dialect: its requests, answers, streams and errors, read and written. */
@NullMarked
package dev.patchbay.codec.chat;

import org.jspecify.annotations.NullMarked;
