/** What a provider plugin sees of its host: interfaces to implement, the shapes of a conversation, secrets and errors. */
@NullMarked
package dev.patchbay.spi;

import org.jspecify.annotations.NullMarked;
