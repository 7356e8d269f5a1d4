package dev.patchbay.daemon.web.view;

import java.util.List;

/**
 * The form of a launch, as it was filled in last.
 *
 * @param known providers with settings of their own for one session
 * @param others every other provider of the registry
 * @param problem why it was not launched, empty for nothing
 * @param request what would be sent, as a curl command; empty if nobody asked
 */
public record LaunchView(
        List<Choice> known,
        List<Choice> others,
        Models models,
        String provider,
        String model,
        String query,
        String systemPrompt,
        String title,
        String baseUrl,
        String modelOverride,
        String maxTokens,
        String problem,
        String request) {

    /**
     * A provider.
     *
     * @param state why it is not ready, empty if it is
     */
    public record Choice(String id, String label, boolean isReady, String state) {}

    /**
     * The models of a provider.
     *
     * @param problem why they are not known, empty if they are
     */
    public record Models(String provider, List<Row> rows, int more, String problem) {}

    /** One model; what is not known is an empty text. */
    public record Row(String id, String context, String input, String output) {}
}
