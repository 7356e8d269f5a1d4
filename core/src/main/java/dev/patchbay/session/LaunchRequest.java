package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks for a new session. Immutable. */
public final class LaunchRequest {

    private final String query;
    private final SettingsChange settings;
    private final SessionTask work;

    private LaunchRequest(Builder builder) {
        this.query = builder.query;
        this.settings = builder.settingsChange();
        this.work = SessionTask.of(RequestTemplate.EMPTY, builder, builder.query, builder.earlier);
        Set<String> calls = ToolResults.calls(work.earlier());
        work.earlier().forEach(message -> ToolResults.requireCalls(message.content(), calls));
        ToolResults.requireCalls(work.content(), calls);
    }

    /**
     * Starts a request.
     *
     * @param text what is asked
     * @throws IllegalArgumentException if it is blank
     */
    public static Builder query(String text) {
        return new Builder(requireQuery(text));
    }

    /** Starts a request whose question is not a text, or not a text alone: an image, a document. */
    public static Builder content(ContentBlock block) {
        return new Builder("").content(block);
    }

    /**
     * Starts a request that goes on with a conversation that was had elsewhere.
     *
     * @param conversation oldest first; the last message is the user's, and is what is asked
     * @throws IllegalArgumentException if the last message is not the user's, or empty
     */
    public static Builder conversation(List<ChatMessage> conversation) {
        if (conversation.isEmpty()) {
            throw new IllegalArgumentException("the conversation must not be empty");
        }
        ChatMessage last = conversation.get(conversation.size() - 1);
        if (last.role() != ChatMessage.Role.USER || last.content().isEmpty()) {
            throw new IllegalArgumentException(
                    "the last message of the conversation must be the user's, and not empty");
        }
        Builder builder = new Builder("").earlierMessages(conversation.subList(0, conversation.size() - 1));
        last.content().forEach(builder::content);
        return builder;
    }

    static String requireQuery(String text) {
        if (requireNonNull(text, "text is null").isBlank()) {
            throw new IllegalArgumentException("the query must not be blank");
        }
        return text;
    }

    String query() {
        return query;
    }

    SettingsChange settings() {
        return settings;
    }

    SessionTask work() {
        return work;
    }

    /** Collects a request. */
    public static final class Builder extends SessionTaskFields<Builder> {

        private final String query;

        private final List<ChatMessage> earlier = new ArrayList<>();

        private Builder(String query) {
            this.query = query;
        }

        /**
         * Adds messages that were said before, elsewhere, oldest first.
         *
         * @throws IllegalArgumentException if what is not modelled of one cannot be JSON
         */
        public Builder earlierMessages(List<ChatMessage> messages) {
            messages.forEach(message -> RequestValues.require(message.content()));
            earlier.addAll(messages);
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException if it holds the result of a tool call that no earlier message makes
         */
        public LaunchRequest build() {
            return new LaunchRequest(this);
        }
    }
}
