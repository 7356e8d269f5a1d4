package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.config.tree.Source;
import dev.patchbay.internal.config.tree.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the tree from the parser's events. It takes events rather than composed nodes so that the limits hold before
 * anything is built, and no value is matched against YAML's types.
 */
final class TreeBuilder {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 10;
    private static final int MAX_PROBLEMS = 50;

    private final Source source;
    private final String text;
    private final StreamReader reader;
    private final Parser parser;
    private final SyntaxProblems syntax;
    private final Map<String, Node> anchors = new HashMap<>();
    private final List<Diagnostic> problems = new ArrayList<>(0);
    private int aliases;

    TreeBuilder(Source source, String text) {
        this.source = source;
        this.text = text;
        this.reader = new StreamReader(text);
        this.parser = new ParserImpl(reader, new LoaderOptions());
        this.syntax = new SyntaxProblems(source, text);
    }

    /** What is wrong at single places, and did not end the reading. */
    List<Diagnostic> problems() {
        return problems;
    }

    /** The top value; null if there is none. */
    @Nullable Node build() throws YamlException {
        next();
        if (!peek().is(Event.ID.DocumentStart)) {
            return null;
        }
        next();
        Node top = node(next(), 0);
        next();
        Event after = peek();
        if (!after.is(Event.ID.StreamEnd)) {
            throw new YamlException(YamlPositions.error(
                            source,
                            YamlPositions.of(after),
                            Code.SEVERAL_DOCUMENTS,
                            "a second document begins here; a provider file holds one")
                    .help("put all definitions below one `providers:`, or into files of their own")
                    .build());
        }
        return top;
    }

    private Node node(Event event, int depth) throws YamlException {
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth);
        }
        NodeEvent start = (NodeEvent) event;
        Node node =
                start instanceof ScalarEvent scalar ? scalar(scalar) : collection((CollectionStartEvent) event, depth);
        if (start.getAnchor() != null) {
            anchors.put(start.getAnchor(), node);
        }
        return node;
    }

    private ScalarNode scalar(ScalarEvent event) throws YamlException {
        refuseTag(event, event.getTag());
        return ScalarNode.of(source, YamlPositions.of(event), event.getValue(), event.isPlain());
    }

    private Node collection(CollectionStartEvent start, int depth) throws YamlException {
        refuseTag(start, start.getTag());
        if (depth >= MAX_DEPTH) {
            throw tooDeep(YamlPositions.of(start));
        }
        return start instanceof MappingStartEvent ? mapping(start, depth + 1) : list(start, depth + 1);
    }

    private ListNode list(CollectionStartEvent start, int depth) throws YamlException {
        List<Node> items = new ArrayList<>(4);
        while (!peek().is(Event.ID.SequenceEnd)) {
            items.add(node(next(), depth));
        }
        return ListNode.of(source, YamlPositions.between(start, next()), items);
    }

    private MapNode mapping(CollectionStartEvent start, int depth) throws YamlException {
        List<MapNode.Entry> entries = new ArrayList<>(8);
        Map<String, ScalarNode> keys = new HashMap<>(16);
        while (!peek().is(Event.ID.MappingEnd)) {
            ScalarNode key = key(next(), depth);
            Node value = node(next(), depth);
            if (key != null && isNew(key, keys)) {
                entries.add(new MapNode.Entry(key, value));
            }
        }
        return MapNode.of(source, YamlPositions.between(start, next()), entries);
    }

    /** The key, or null if it cannot be one, which has been reported. */
    private @Nullable ScalarNode key(Event event, int depth) throws YamlException {
        if (event instanceof ScalarEvent scalar && !scalar.getValue().isEmpty()) {
            ScalarNode key = (ScalarNode) node(event, depth);
            if (!key.isPlain() || !key.text().equals("<<")) {
                return key;
            }
            report(key.error(Code.MERGE_KEY, "the merge key << is not accepted")
                    .help("use `extends: <id>` to start from another definition"));
            return null;
        }
        Span span = YamlPositions.of(event);
        node(event, depth);
        report(YamlPositions.error(source, span, Code.KEY_NOT_TEXT, "a key must be a text")
                .help("write `key: value`; quote a key that is empty or has special characters"));
        return null;
    }

    private boolean isNew(ScalarNode key, Map<String, ScalarNode> keys) throws YamlException {
        ScalarNode first = keys.putIfAbsent(key.text(), key);
        if (first == null) {
            return true;
        }
        Location place = first.location();
        report(key.error(Code.DUPLICATE_KEY, "the key " + key.text() + " is there already, at line " + place.line())
                .related(place, "first defined here")
                .help("keep one of the two"));
        return false;
    }

    private Node alias(AliasEvent event, int depth) throws YamlException {
        Span span = YamlPositions.of(event);
        Node target = anchors.get(event.getAnchor());
        if (target == null) {
            report(YamlPositions.error(
                            source, span, Code.UNKNOWN_ANCHOR, "no anchor &" + event.getAnchor() + " ends before this")
                    .help("quote a value that begins with *"));
            return ScalarNode.of(source, span, "", true);
        }
        if (target instanceof ScalarNode) {
            return target;
        }
        aliases++;
        if (aliases > MAX_ALIASES) {
            throw new YamlException(YamlPositions.error(
                            source, span, Code.TOO_MANY_ALIASES, "more than 10 aliases of mappings or lists")
                    .help("use `extends` to share between definitions")
                    .build());
        }
        if (depth + height(target) > MAX_DEPTH) {
            throw tooDeep(span);
        }
        return target;
    }

    private static int height(Node node) {
        int most = 0;
        if (node instanceof ListNode list) {
            for (Node item : list.items()) {
                most = Math.max(most, height(item));
            }
            return most + 1;
        }
        if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                most = Math.max(most, height(entry.value()));
            }
            return most + 1;
        }
        return 0;
    }

    private void refuseTag(Event event, @Nullable String tag) throws YamlException {
        if (tag != null) {
            report(YamlPositions.error(source, YamlPositions.of(event), Code.TAG, "YAML tags are not accepted")
                    .help("leave the tag out; every value is read as the text that stands there"));
        }
    }

    private YamlException tooDeep(Span span) {
        return new YamlException(YamlPositions.error(source, span, Code.TOO_DEEP, "nested deeper than 20 levels")
                .build());
    }

    /** A file with very many mistakes is no provider file: the first ones say enough. */
    private void report(Diagnostic.Builder problem) throws YamlException {
        Diagnostic diagnostic = problem.build();
        if (problems.size() + 1 >= MAX_PROBLEMS) {
            throw new YamlException(diagnostic);
        }
        problems.add(diagnostic);
    }

    private Event peek() throws YamlException {
        try {
            return parser.peekEvent();
        } catch (MarkedYAMLException e) {
            throw new YamlException(syntax.of(e));
        } catch (ReaderException e) {
            throw new YamlException(ControlCharacters.problem(source, text));
        } catch (YAMLException e) {
            throw new YamlException(syntax.brokenKey(reader.getMark()));
        } catch (IllegalArgumentException e) {
            // The parser makes a number of the digits behind a backslash before it knows that they are there.
            throw new YamlException(syntax.brokenEscape(reader.getMark()));
        }
    }

    private Event next() throws YamlException {
        peek();
        return parser.getEvent();
    }
}
