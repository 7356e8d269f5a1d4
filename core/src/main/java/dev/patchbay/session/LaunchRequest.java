package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

/** Asks for a new session. Immutable. */
public final class LaunchRequest {

    private final String query;
    private final SettingsChange settings;
    private final Work work;

    private LaunchRequest(Builder builder) {
        this.query = builder.query;
        this.settings = builder.settingsChange();
        this.work = Work.NONE.with(builder, builder.query);
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

    Work work() {
        return work;
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

        public LaunchRequest build() {
            return new LaunchRequest(this);
        }
    }
}
