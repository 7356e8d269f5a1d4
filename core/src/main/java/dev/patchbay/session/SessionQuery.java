package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which sessions a list is to hold. Immutable. */
public final class SessionQuery {

    /** Which sessions, by where they stand. */
    public enum Filter {
        /** All but drafts and what was archived. */
        NORMAL,
        ARCHIVED,
        DRAFT,
        /** Every session. */
        ALL
    }

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    private final Filter filter;
    private final boolean leavesOnly;
    private final @Nullable String text;
    private final int limit;
    private final @Nullable String cursor;

    private SessionQuery(Builder builder) {
        this.filter = builder.filter;
        this.leavesOnly = builder.leavesOnly;
        this.text = builder.text;
        this.limit = builder.limit;
        this.cursor = builder.cursor;
    }

    /** A query for every session, 100 a page. */
    public static Builder builder() {
        return new Builder();
    }

    public Filter filter() {
        return filter;
    }

    /** Whether sessions that another one continues are left out. */
    public boolean leavesOnly() {
        return leavesOnly;
    }

    /** Words in lower case, with blanks between them: title, query or conversation must hold each, in upper or lower case. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** The most sessions of a page. */
    public int limit() {
        return limit;
    }

    /** Where to go on, as the page before said. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** Whether a session is what {@link #filter} asks for. */
    public boolean takes(SessionRecord session) {
        boolean draft = session.status() == SessionStatus.DRAFT || session.status() == SessionStatus.DISCARDED;
        return switch (filter) {
            case NORMAL -> !session.archived() && !draft;
            case ARCHIVED -> session.archived();
            case DRAFT -> session.status() == SessionStatus.DRAFT;
            case ALL -> true;
        };
    }

    /** Collects a query. Not safe for use by several threads. */
    public static final class Builder {

        private Filter filter = Filter.ALL;
        private boolean leavesOnly;
        private @Nullable String text;
        private int limit = DEFAULT_LIMIT;
        private @Nullable String cursor;

        private Builder() {}

        /** Default: {@link Filter#ALL}. */
        public Builder filter(Filter value) {
            this.filter = requireNonNull(value, "value is null");
            return this;
        }

        /** Default: false. */
        public Builder leavesOnly(boolean value) {
            this.leavesOnly = value;
            return this;
        }

        /** Words, each of which must be there as it stands: no sign in it means anything. Default: none; a blank text is none. */
        public Builder text(String value) {
            this.text = value.isBlank() ? null : value.strip().toLowerCase(Locale.ROOT);
            return this;
        }

        /**
         * Default: 100.
         *
         * @throws IllegalArgumentException unless it is from 1 to 1 000
         */
        public Builder limit(int count) {
            if (count < 1 || count > MOST) {
                throw new IllegalArgumentException("limit must be from 1 to " + MOST + ", not " + count);
            }
            this.limit = count;
            return this;
        }

        /** Goes on where a page ended. Default: the first page. */
        public Builder cursor(String value) {
            this.cursor = requireNonNull(value, "value is null");
            return this;
        }

        public SessionQuery build() {
            return new SessionQuery(this);
        }
    }
}
