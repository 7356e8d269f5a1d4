package dev.patchbay.session;

import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatRequest;

/** What a session would begin with: where it goes, and what it asks there. */
@InternalApi
public record PreparedSession(Route route, ChatRequest request) {}
