package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.tree.Source;
import dev.patchbay.internal.config.tree.Span;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;

/** Places in a file; SnakeYAML counts from 0, we count from 1. */
final class YamlPositions {

    private YamlPositions() {}

    static Span of(Event event) {
        return between(event, event);
    }

    static Span between(Event first, Event last) {
        Mark start = first.getStartMark();
        Mark end = last.getEndMark();
        return new Span(start.getLine() + 1, start.getColumn() + 1, end.getLine() + 1, end.getColumn() + 1);
    }

    static Diagnostic.Builder error(Source source, Span span, Code code, String message) {
        Location location = new Location(source.name(), span.line(), span.column());
        return Diagnostic.error(code, location, message).quoting(source.text(), span.width());
    }
}
