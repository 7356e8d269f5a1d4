/** The dialects that clients speak, and what is kept for clients from one request to the next. */
@NullMarked
package dev.patchbay.internal.gateway.client;

import org.jspecify.annotations.NullMarked;
