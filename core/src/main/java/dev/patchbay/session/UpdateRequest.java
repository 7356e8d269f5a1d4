package dev.patchbay.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes the provider settings of a session, from its next call on. Immutable. */
public final class UpdateRequest {

    private final SettingsChange settings;
    private final @Nullable String title;

    private UpdateRequest(Builder builder) {
        this.settings = builder.settingsChange();
        this.title = builder.title;
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

    /** Collects a request. */
    public static final class Builder extends ProviderFields<Builder> {

        private @Nullable String title;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        public Builder title(String text) {
            this.title = text;
            return this;
        }

        public UpdateRequest build() {
            return new UpdateRequest(this);
        }
    }
}
