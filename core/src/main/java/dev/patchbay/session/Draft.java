package dev.patchbay.session;

import dev.patchbay.route.Route;
import dev.patchbay.spi.ChatRequest;

/** What a session would begin with: where it goes, and what it asks there. */
public record Draft(Route route, ChatRequest request) {}
