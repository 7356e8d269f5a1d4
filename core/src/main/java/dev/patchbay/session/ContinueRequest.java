package dev.patchbay.session;

import dev.patchbay.spi.ContentBlock;

/**
 * Asks for a child of a session, which inherits provider, model, proxy settings, instructions and the conversation; what the
 * request names is changed. Immutable.
 */
public final class ContinueRequest {

    private final Builder fields;

    private ContinueRequest(Builder fields) {
        this.fields = fields;
    }

    /**
     * Starts a request.
     *
     * @param text what is asked next
     * @throws IllegalArgumentException if it is blank
     */
    public static Builder query(String text) {
        return new Builder(LaunchRequest.requireQuery(text));
    }

    /** Starts a request that answers a tool call of the session. */
    public static Builder toolResult(ContentBlock.ToolResult result) {
        return new Builder("").content(result);
    }

    String query() {
        return fields.query;
    }

    SettingsChange settings() {
        return fields.settingsChange();
    }

    Work work(Work inherited) {
        return inherited.with(fields, fields.query);
    }

    /** Collects a request. */
    public static final class Builder extends WorkFields<Builder> {

        private final String query;

        private Builder(String query) {
            this.query = query;
        }

        @Override
        Builder self() {
            return this;
        }

        public ContinueRequest build() {
            return new ContinueRequest(this);
        }
    }
}
