package dev.patchbay.workbench.explain;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.config.template.Reference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value of a definition, or one that is not there any more, with its history. Immutable; holds no secret. */
public final class ExplainedValue {

    private final List<String> path;
    private final Status status;
    private final @Nullable Object data;
    private final boolean secret;
    private final @Nullable String template;
    private final List<Reference> variables;
    private final @Nullable DeclaredValue decidedBy;
    private final List<DeclaredValue> overrode;
    private final @Nullable String note;
    private final @Nullable String atLaunch;

    private ExplainedValue(Builder builder) {
        this.path = builder.path;
        this.status = builder.status;
        this.data = builder.data;
        this.secret = builder.secret;
        this.template = builder.template;
        this.variables = List.copyOf(builder.variables);
        this.decidedBy = builder.decidedBy;
        this.overrode = List.copyOf(builder.overrode);
        this.note = builder.note;
        this.atLaunch = builder.atLaunch;
    }

    static Builder builder(List<String> path, Status status, @Nullable Object data) {
        return new Builder(path, status, data);
    }

    /** The keys that lead to it, as they stand in the file. */
    public List<String> path() {
        return path;
    }

    /** The same with dots between them, such as {@code models.gpt-4.1.context}. */
    public String name() {
        return String.join(".", path);
    }

    public Status status() {
        return status;
    }

    /** For people: with its variables put in; the reference of a secret; empty for what is not there any more. */
    public String value() {
        return isThere() ? InlineYaml.of(data) : "";
    }

    /** The same as a plain JDK value: texts, numbers, booleans, null, lists and maps. */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }

    /** Whether the definition has it, be it as a default. */
    public boolean isThere() {
        return status == Status.SET || status == Status.DEFAULT;
    }

    /** Whether {@link #value} is only the reference to a secret. */
    public boolean isSecret() {
        return secret;
    }

    /** What the file says, where that is not the value. */
    public Optional<String> template() {
        return Optional.ofNullable(template);
    }

    /** The variables that were asked for. */
    public List<Reference> variables() {
        return variables;
    }

    /** What decided over it: the value itself, the {@code null} that removes it, the base URL that leaves it behind. */
    public Optional<DeclaredValue> decidedBy() {
        return Optional.ofNullable(decidedBy);
    }

    /** What lower definitions say here, the next lower one first. */
    public List<DeclaredValue> overrode() {
        return overrode;
    }

    /** Why it is so, where its place does not tell: {@code default of the field}, {@code by dialect}. */
    public Optional<String> note() {
        return Optional.ofNullable(note);
    }

    /** What a launch can say instead, and what that does to it. */
    public Optional<String> atLaunch() {
        return Optional.ofNullable(atLaunch);
    }

    @Override
    public String toString() {
        return name() + " " + status;
    }

    /** What became of a value. */
    public enum Status {
        /** A definition says it. */
        SET("set"),
        /** No definition says it. */
        DEFAULT("default"),
        /** A higher definition removed it with {@code null}. */
        REMOVED("removed"),
        /** It belongs to the origin of a lower definition's base URL, and does not go to this one's. */
        LEFT_BEHIND("left behind"),
        /** A higher definition replaced what it was a part of. */
        REPLACED("replaced");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    /** Collects a leaf. */
    static final class Builder {

        private final List<String> path;
        private final Status status;
        private final @Nullable Object data;
        private boolean secret;
        private @Nullable String template;
        private List<Reference> variables = List.of();
        private @Nullable DeclaredValue decidedBy;
        private List<DeclaredValue> overrode = List.of();
        private @Nullable String note;
        private @Nullable String atLaunch;

        private Builder(List<String> path, Status status, @Nullable Object data) {
            this.path = List.copyOf(path);
            this.status = requireNonNull(status, "status is null");
            this.data = data;
        }

        Builder shown(DisplayedValue shown) {
            this.secret = shown.secret();
            this.template = shown.template().orElse(null);
            this.variables = shown.variables();
            return this;
        }

        Builder decidedBy(DeclaredValue said) {
            this.decidedBy = said;
            return this;
        }

        Builder overrode(List<DeclaredValue> lower) {
            this.overrode = lower;
            return this;
        }

        Builder note(String sentence) {
            this.note = sentence;
            return this;
        }

        Builder atLaunch(Optional<String> sentence) {
            this.atLaunch = sentence.orElse(null);
            return this;
        }

        ExplainedValue build() {
            return new ExplainedValue(this);
        }
    }
}
