package dev.patchbay.internal.gateway.accept;

import dev.patchbay.gateway.GatewayBuilder;
import java.time.Duration;

/**
 * How much a client may send and how long it may take; {@link GatewayBuilder} says what each member means.
 *
 * @param connections of all clients
 * @param headBytes of a request
 * @param headLines of a request
 * @param head from its first byte to its end
 * @param idle without a request
 * @param bodyBytes of a request
 * @param bodySilence between two pieces
 * @param body from its head to its end
 * @param unread while there is something to be read
 */
public record ClientLimits(
        int connections,
        int headBytes,
        int headLines,
        Duration head,
        Duration idle,
        int bodyBytes,
        Duration bodySilence,
        Duration body,
        Duration unread) {}
