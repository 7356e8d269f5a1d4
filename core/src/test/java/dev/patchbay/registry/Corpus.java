package dev.patchbay.registry;

import dev.patchbay.internal.config.template.Environment;
import java.nio.file.Path;
import java.util.Map;

/** The provider files of the tests, and the variables that they refer to. */
public final class Corpus {

    public static final Path ROOT = Path.of("src", "test", "resources", "corpus");

    /** None of the values may ever be printed. */
    static final Map<String, String> VARIABLES = Map.of(
            "CORPUS_KEY", "canary-key-1",
            "CORPUS_OTHER_KEY", "canary-key-2",
            "CORPUS_ENDPOINT", "https://resource.openai.azure.com/",
            "CORPUS_EMPTY", "",
            "CORPUS_BLANK", " \t",
            "CORPUS_BROKEN_KEY", "canary\u0007key",
            "CORPUS_PLACEHOLDER", "your-api-key",
            "CORPUS_TRIMMED", "canary-key-3\n");

    public static final Environment ENVIRONMENT = Environment.of(VARIABLES);

    private Corpus() {}
}
