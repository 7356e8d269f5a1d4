/** The Anthropic Messages dialect: its requests, answers, streams and errors, read and written. */
@NullMarked
package dev.patchbay.codec.messages;

import org.jspecify.annotations.NullMarked;
