package dev.patchbay.session;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import java.util.function.Supplier;

/**
 * What it takes to ask one provider.
 *
 * @param connection makes the client; nothing is sent before that
 * @param request the request as this provider is sent it
 */
record ProviderAttempt(Supplier<ChatClient> connection, ChatRequest request, Pricing pricing) {}
