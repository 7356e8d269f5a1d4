package dev.patchbay.diagnostic;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One problem of a configuration: what, where, and what to do (provider-files.md, section 5). Immutable.
 *
 * <p>No part of it holds a secret.
 */
public final class Diagnostic {

    /** By place, then code, then message. */
    public static final Comparator<Diagnostic> ORDER = Diagnostic::compare;

    /** The most columns of a source line that are shown (provider-files.md, section 5). */
    private static final int SHOWN_COLUMNS = 200;

    private final Code code;
    private final Severity severity;
    private final Location location;
    private final String message;
    private final int width;
    private final @Nullable SourceText text;
    private final @Nullable String help;
    private final List<Related> related;

    private Diagnostic(Builder builder) {
        this.code = builder.code;
        this.severity = builder.severity;
        this.location = builder.location;
        this.message = Printable.shortened(LiteralKeys.maskIn(Printable.line(builder.message)));
        this.width = builder.width;
        this.text = builder.text;
        this.help = builder.help == null ? null : Printable.shortened(LiteralKeys.maskIn(Printable.text(builder.help)));
        this.related = List.copyOf(builder.related);
    }

    /** Starts an error: what it points at cannot be used. */
    public static Builder error(Code code, Location location, String message) {
        return new Builder(code, Severity.ERROR, location, message);
    }

    /** Starts a warning: it works, but probably not as meant. */
    public static Builder warning(Code code, Location location, String message) {
        return new Builder(code, Severity.WARNING, location, message);
    }

    /** The same, where it is no reason to fail. */
    public Diagnostic asWarning() {
        Builder builder = new Builder(code, Severity.WARNING, location, message);
        builder.width = width;
        builder.text = text;
        builder.help = help;
        builder.related.addAll(related);
        return builder.build();
    }

    public Code code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public Location location() {
        return location;
    }

    /** What is wrong, on one line. */
    public String message() {
        return message;
    }

    /** How many characters from {@link #location} on are meant: at least 1, at most to the end of the line. */
    public int width() {
        int available = text == null ? 1 : text.width(location.line()) - location.column() + 1;
        return Math.max(1, Math.min(width, available));
    }

    /** The line that is meant, literal keys masked; of a long one the 200 characters around the place. */
    public Optional<String> sourceLine() {
        if (text == null || location.line() == 0) {
            return Optional.empty();
        }
        String line = text.quote(location.line(), location.column(), SHOWN_COLUMNS);
        return line.isBlank() ? Optional.empty() : Optional.of(Printable.aligned(line));
    }

    /** Where in {@link #sourceLine} the place is, from 1: its column, unless the beginning of the line is left out. */
    int caret() {
        return text == null
                ? location.column()
                : location.column() - text.cut(location.line(), location.column(), SHOWN_COLUMNS);
    }

    /** What to do about it; may have several lines. */
    public Optional<String> help() {
        return Optional.ofNullable(help);
    }

    /** Other places that belong to the problem. */
    public List<Related> related() {
        return related;
    }

    /** The same problem as seen by programs: maps, lists, strings and numbers, in a stable order. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", code.id());
        map.put("severity", severity.word());
        place(map, location);
        if (location.line() > 0) {
            map.put("endColumn", location.column() + width());
        }
        map.put("message", message);
        sourceLine().ifPresent(line -> map.put("source", line));
        if (help != null) {
            map.put("help", help);
        }
        if (!related.isEmpty()) {
            map.put("related", related.stream().map(Related::toMap).toList());
        }
        return map;
    }

    /** As {@link TextRenderer} renders it. */
    @Override
    public String toString() {
        return TextRenderer.render(this);
    }

    private static int compare(Diagnostic first, Diagnostic second) {
        int byPlace = first.location.compareTo(second.location);
        if (byPlace != 0) {
            return byPlace;
        }
        int byCode = first.code.compareTo(second.code);
        return byCode != 0 ? byCode : first.message.compareTo(second.message);
    }

    private static void place(Map<String, Object> map, Location location) {
        map.put("file", location.source());
        if (location.line() > 0) {
            map.put("line", location.line());
            map.put("column", location.column());
        }
    }

    /**
     * Another place that belongs to a problem.
     *
     * @param message what is there, such as {@code first defined here}
     */
    public record Related(Location location, String message) {

        public Related {
            requireNonNull(location, "location is null");
            message = Printable.line(requireNonNull(message, "message is null"));
        }

        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            place(map, location);
            map.put("message", message);
            return map;
        }
    }

    /** Collects a diagnostic. */
    public static final class Builder {

        private final Code code;
        private final Severity severity;
        private final Location location;
        private final String message;
        private int width = 1;
        private @Nullable SourceText text;
        private @Nullable String help;
        private final List<Related> related = new ArrayList<>(0);

        private Builder(Code code, Severity severity, Location location, String message) {
            this.code = requireNonNull(code, "code is null");
            this.severity = severity;
            this.location = requireNonNull(location, "location is null");
            this.message = requireNonNull(message, "message is null");
        }

        /**
         * The text to quote from.
         *
         * @param characters how many from the location on are meant; less than 1 counts as 1
         */
        public Builder quoting(SourceText source, int characters) {
            this.text = requireNonNull(source, "source is null");
            this.width = Math.max(1, characters);
            return this;
        }

        /** What to do about it. */
        public Builder help(String sentence) {
            this.help = requireNonNull(sentence, "sentence is null");
            return this;
        }

        public Builder related(Location place, String what) {
            related.add(new Related(place, what));
            return this;
        }

        public Diagnostic build() {
            return new Diagnostic(this);
        }
    }
}
