package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.diagnostic.SourceText;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.config.tree.Source;
import dev.patchbay.provider.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads provider files (provider-files.md, section 5: limits for hostile files). Never throws for what a file holds.
 *
 * <p>Values are the text of the scalar, byte for byte: {@code no}, {@code 010} and {@code 2024-10-21} stay texts.
 */
public final class YamlReader {

    /** The most bytes of a file: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    private YamlReader() {}

    /**
     * Reads one file.
     *
     * @param name as messages call it
     * @param path where it is on disk; null if it is not
     * @param bytes its content; what is above {@link #MAX_BYTES} need not be there in full
     */
    public static YamlFile read(String name, Layer layer, @Nullable Path path, byte[] bytes) {
        Optional<Path> file = Optional.ofNullable(path);
        if (bytes.length > MAX_BYTES) {
            Diagnostic tooLarge = Diagnostic.error(
                            Code.FILE_TOO_LARGE, Location.of(name), "the file is larger than 1 MiB")
                    .help("a provider file is a few lines long; is this the right file?")
                    .build();
            return failed(new Source(name, layer, file, new SourceText("")), tooLarge);
        }
        String text = Utf8.decode(bytes);
        if (text == null) {
            return failed(new Source(name, layer, file, new SourceText("")), Utf8.problem(name, bytes));
        }
        return parse(new Source(name, layer, file, new SourceText(text)), text);
    }

    private static YamlFile parse(Source source, String text) {
        TreeBuilder builder = new TreeBuilder(source, text);
        try {
            Node top = builder.build();
            return finish(source, top, builder.problems());
        } catch (YamlException e) {
            List<Diagnostic> problems = new ArrayList<>(builder.problems());
            problems.add(e.diagnostic());
            return new YamlFile(source, Optional.empty(), problems);
        }
    }

    private static YamlFile finish(Source source, @Nullable Node top, List<Diagnostic> problems) {
        if (top == null || (top instanceof ScalarNode scalar && scalar.isNull())) {
            return failed(
                    source,
                    Diagnostic.warning(Code.EMPTY_FILE, Location.of(source.name()), "the file holds nothing")
                            .help("a provider file begins with `providers:`; a file named _… or .… is skipped")
                            .build());
        }
        if (top instanceof MapNode map) {
            return new YamlFile(source, Optional.of(map), problems);
        }
        return failed(
                source,
                top.error(Code.NOT_A_MAPPING, "the top of a provider file must be a mapping, not " + top.kind())
                        .help("begin with `providers:` and put the definitions below it, indented")
                        .build());
    }

    private static YamlFile failed(Source source, Diagnostic problem) {
        return new YamlFile(source, Optional.empty(), List.of(problem));
    }
}
