package dev.patchbay.codec;

import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Usage;

/** Usage for an upstream that reports none, where the quirk {@code estimateUsage} asks for it. */
public final class UsageEstimate {

    private static final int CHARACTERS_A_TOKEN = 4;

    private UsageEstimate() {}

    /** Estimated counts for a request and the number of characters answered. */
    public static Usage of(ChatRequest request, long answered) {
        return Usage.builder()
                .inputTokens(TokenEstimate.of(request))
                .outputTokens((answered + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN)
                .build();
    }
}
