package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a session (sessions.md, section 3). Immutable; never holds a key, only whether one was given.
 *
 * <p>What is not known is absent, never 0.
 */
public final class SessionRecord {

    private final String id;
    private final String runId;
    private final @Nullable String parentId;
    private final SessionStatus status;
    private final String query;
    private final String title;
    private final @Nullable String provider;
    private final @Nullable String model;
    private final @Nullable String modelId;
    private final @Nullable String workingDir;
    private final Instant createdAt;
    private final Instant lastActivityAt;
    private final @Nullable Instant completedAt;
    private final @Nullable SessionError error;
    private final List<SessionError> failures;
    private final @Nullable StopReason stopReason;
    private final Usage usage;
    private final @Nullable BigDecimal costUsd;
    private final boolean archived;
    private final SessionSettings settings;
    private final RequestTemplate template;
    private final boolean hasApiKey;
    private final boolean keySent;
    private final @Nullable Duration firstToken;

    private SessionRecord(Builder builder) {
        this.id = builder.id;
        this.runId = builder.runId;
        this.parentId = builder.parentId;
        this.status = builder.status;
        this.query = builder.query;
        this.title = builder.title;
        this.provider = builder.provider;
        this.model = builder.model;
        this.modelId = builder.modelId;
        this.workingDir = builder.workingDir;
        this.createdAt = builder.createdAt;
        this.lastActivityAt = builder.lastActivityAt;
        this.completedAt = builder.completedAt;
        this.error = builder.error;
        this.failures = builder.failures;
        this.stopReason = builder.stopReason;
        this.usage = builder.usage;
        this.costUsd = builder.costUsd;
        this.archived = builder.archived;
        this.settings = builder.settings;
        this.template = builder.template;
        this.hasApiKey = builder.hasApiKey;
        this.keySent = builder.keySent;
        this.firstToken = builder.firstToken;
    }

    /** A record of a session that begins now. */
    public static Builder builder(String id, String runId, String query, Instant now) {
        return new Builder(id, runId, query, now);
    }

    /** The same record, to be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    public String id() {
        return id;
    }

    public String runId() {
        return runId;
    }

    /** The session that this one continues. */
    public Optional<String> parentId() {
        return Optional.ofNullable(parentId);
    }

    public SessionStatus status() {
        return status;
    }

    public String query() {
        return query;
    }

    /** For people; the beginning of the query unless one was given. */
    public String title() {
        return title;
    }

    /** The provider by its own name. */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** The model as it was asked for, an alias perhaps. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The model as it went on the wire. */
    public Optional<String> modelId() {
        return Optional.ofNullable(modelId);
    }

    /** The folder in which the session was launched, as whoever launched it says; nothing is done there. */
    public Optional<String> workingDir() {
        return Optional.ofNullable(workingDir);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant lastActivityAt() {
        return lastActivityAt;
    }

    public Optional<Instant> completedAt() {
        return Optional.ofNullable(completedAt);
    }

    /** From creation to the end; empty while it runs. */
    public Optional<Duration> duration() {
        return completedAt().map(end -> Duration.between(createdAt, end));
    }

    public Optional<SessionError> error() {
        return Optional.ofNullable(error);
    }

    /**
     * The providers that failed before the one in effect was asked, or could not be used, in that order; those of a session
     * without a fallback are in {@link #error} only.
     */
    public List<SessionError> failures() {
        return failures;
    }

    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    public Usage usage() {
        return usage;
    }

    /** What the answer cost in USD; empty unless every price and count it needs is known. */
    public Optional<BigDecimal> costUsd() {
        return Optional.ofNullable(costUsd);
    }

    public boolean archived() {
        return archived;
    }

    /** What the session says about its provider, as it was asked, without its key: what continues it inherits it. */
    public SessionSettings settings() {
        return settings;
    }

    /** What the session asks with: what continues it inherits it. */
    public RequestTemplate template() {
        return template;
    }

    public boolean proxyEnabled() {
        return settings.proxyEnabled();
    }

    public Optional<String> proxyBaseUrl() {
        return settings.proxyBaseUrl();
    }

    public Optional<String> proxyModelOverride() {
        return settings.proxyModelOverride();
    }

    /** Whether the session was given a key of its own. */
    public boolean hasApiKey() {
        return hasApiKey;
    }

    /** Whether the provider is asked with a key, the session's own or that of the provider's definition. */
    public boolean keySent() {
        return keySent;
    }

    /** From the call of the provider that answered to the first piece of its answer; empty if none came. */
    public Optional<Duration> firstToken() {
        return Optional.ofNullable(firstToken);
    }

    /** The members of its JSON, with the names of the REST API; Jackson needs no more to write it. */
    @JsonValue
    public Map<String, Object> toJson() {
        return SessionJson.of(this);
    }

    @Override
    public String toString() {
        return "Session[" + id + ", " + status.word() + ", provider=" + provider + ", model=" + model + "]";
    }

    /** Collects a record. Not safe for use by several threads. */
    public static final class Builder {

        private static final int TITLE_LENGTH = 60;

        private final String id;
        private final String runId;
        private String query;
        private final Instant createdAt;
        private @Nullable String parentId;
        private SessionStatus status = SessionStatus.STARTING;
        private String title;
        private @Nullable String provider;
        private @Nullable String model;
        private @Nullable String modelId;
        private @Nullable String workingDir;
        private Instant lastActivityAt;
        private @Nullable Instant completedAt;
        private @Nullable SessionError error;
        private List<SessionError> failures = List.of();
        private @Nullable StopReason stopReason;
        private Usage usage = Usage.unknown();
        private @Nullable BigDecimal costUsd;
        private boolean archived;
        private SessionSettings settings = SessionSettings.NONE;
        private RequestTemplate template = RequestTemplate.EMPTY;
        private boolean hasApiKey;
        private boolean keySent;
        private @Nullable Duration firstToken;

        private Builder(String id, String runId, String query, Instant now) {
            this.id = requireNonNull(id, "id is null");
            this.runId = requireNonNull(runId, "runId is null");
            this.query = requireNonNull(query, "query is null");
            this.createdAt = requireNonNull(now, "now is null");
            this.lastActivityAt = now;
            this.title = beginningOf(query);
        }

        private Builder(SessionRecord record) {
            this.id = record.id;
            this.runId = record.runId;
            this.parentId = record.parentId;
            this.status = record.status;
            this.query = record.query;
            this.title = record.title;
            this.provider = record.provider;
            this.model = record.model;
            this.modelId = record.modelId;
            this.workingDir = record.workingDir;
            this.createdAt = record.createdAt;
            this.lastActivityAt = record.lastActivityAt;
            this.completedAt = record.completedAt;
            this.error = record.error;
            this.failures = record.failures;
            this.stopReason = record.stopReason;
            this.usage = record.usage;
            this.costUsd = record.costUsd;
            this.archived = record.archived;
            this.settings = record.settings;
            this.template = record.template;
            this.hasApiKey = record.hasApiKey;
            this.keySent = record.keySent;
            this.firstToken = record.firstToken;
        }

        private static String beginningOf(String query) {
            String line = query.strip().lines().findFirst().orElse("");
            if (line.codePointCount(0, line.length()) <= TITLE_LENGTH) {
                return line;
            }
            return line.substring(0, line.offsetByCodePoints(0, TITLE_LENGTH - 1)) + "…";
        }

        /** What is asked; a title that was the beginning of another question follows it. */
        public Builder query(String value) {
            if (title.equals(beginningOf(query))) {
                title = beginningOf(value);
            }
            this.query = requireNonNull(value, "value is null");
            return this;
        }

        public Builder parentId(String value) {
            this.parentId = requireNonNull(value, "value is null");
            return this;
        }

        public Builder status(SessionStatus value) {
            this.status = requireNonNull(value, "value is null");
            return this;
        }

        public Builder title(String value) {
            this.title = requireNonNull(value, "value is null");
            return this;
        }

        /** The provider, the model asked for, and the model on the wire. */
        public Builder resolved(String providerId, String requestedModel, String upstreamModel) {
            this.provider = requireNonNull(providerId, "providerId is null");
            this.model = requireNonNull(requestedModel, "requestedModel is null");
            this.modelId = requireNonNull(upstreamModel, "upstreamModel is null");
            return this;
        }

        /** What the session says about its provider; of its key, only whether there is one is kept. */
        public Builder settings(SessionSettings value) {
            this.settings = value.withoutKey();
            this.provider = value.provider().orElse(provider);
            this.model = value.model().orElse(model);
            this.hasApiKey = value.proxyApiKey().isPresent();
            return this;
        }

        /** Where the next call goes, as far as it is known; null: it is not. */
        Builder next(@Nullable String providerId, @Nullable String requestedModel) {
            this.provider = providerId;
            this.model = requestedModel;
            return this;
        }

        /** Whether the session was given a key, which no record holds. */
        public Builder hasApiKey(boolean value) {
            this.hasApiKey = value;
            return this;
        }

        /** Whether the provider is asked with a key. */
        public Builder keySent(boolean value) {
            this.keySent = value;
            return this;
        }

        public Builder firstToken(Duration value) {
            this.firstToken = requireNonNull(value, "value is null");
            return this;
        }

        public Builder template(RequestTemplate value) {
            this.template = requireNonNull(value, "value is null");
            return this;
        }

        /** The folder in which the session was launched; null: none is known. */
        public Builder workingDir(@Nullable String folder) {
            this.workingDir = folder;
            return this;
        }

        public Builder lastActivityAt(Instant value) {
            this.lastActivityAt = requireNonNull(value, "value is null");
            return this;
        }

        public Builder completedAt(Instant value) {
            this.completedAt = requireNonNull(value, "value is null");
            return this;
        }

        public Builder error(SessionError value) {
            this.error = requireNonNull(value, "value is null");
            return this;
        }

        public Builder failures(List<SessionError> values) {
            this.failures = List.copyOf(values);
            return this;
        }

        public Builder stopReason(StopReason value) {
            this.stopReason = requireNonNull(value, "value is null");
            return this;
        }

        public Builder usage(Usage value) {
            this.usage = requireNonNull(value, "value is null");
            return this;
        }

        public Builder costUsd(BigDecimal value) {
            this.costUsd = requireNonNull(value, "value is null");
            return this;
        }

        public Builder archived(boolean value) {
            this.archived = value;
            return this;
        }

        public SessionRecord build() {
            return new SessionRecord(this);
        }
    }
}
