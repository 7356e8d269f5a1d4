package dev.patchbay.daemon.web.view;

/**
 * A provider in a list; what does not apply is an empty text.
 *
 * @param state in one word
 * @param reason why it is not ready
 */
public record ProviderLine(
        String id,
        String name,
        String state,
        String layer,
        String dialect,
        String baseUrl,
        String defaultModel,
        String reason,
        boolean isDefault) {}
