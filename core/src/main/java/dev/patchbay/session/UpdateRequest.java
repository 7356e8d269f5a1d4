package dev.patchbay.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes the provider settings of a session, from its next call on. Immutable. */
public final class UpdateRequest {

    private final SettingsChange settings;
    private final @Nullable String title;
    private final @Nullable Boolean archived;

    private UpdateRequest(Builder builder) {
        this.settings = builder.settingsChange();
        this.title = builder.title;
        this.archived = builder.archived;
    }

    /** A request that changes nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    SettingsChange settings() {
        return settings;
    }

    Optional<String> title() {
        return Optional.ofNullable(title);
    }

    Optional<Boolean> archived() {
        return Optional.ofNullable(archived);
    }

    /** Collects a request. */
    public static final class Builder extends ProviderFields<Builder> {

        private @Nullable String title;
        private @Nullable Boolean archived;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        public Builder title(String text) {
            this.title = text;
            return this;
        }

        /** Whether lists leave the session out, but for that of what was archived. */
        public Builder archived(boolean value) {
            this.archived = value;
            return this;
        }

        public UpdateRequest build() {
            return new UpdateRequest(this);
        }
    }
}
