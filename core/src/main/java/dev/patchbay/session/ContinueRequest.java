package dev.patchbay.session;

import dev.patchbay.spi.ContentBlock;
import java.util.List;

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
        return content(result);
    }

    /** Starts a request whose question is not a text, or not a text alone: an image, a document, the result of a tool. */
    public static Builder content(ContentBlock block) {
        return new Builder("").content(block);
    }

    String query() {
        return fields.query;
    }

    SettingsChange settings() {
        return fields.settingsChange();
    }

    SessionTask work(RequestTemplate inherited) {
        return SessionTask.of(inherited, fields, fields.query, List.of());
    }

    /** Collects a request. */
    public static final class Builder extends SessionTaskFields<Builder> {

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
