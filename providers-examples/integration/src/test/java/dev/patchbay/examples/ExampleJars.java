package dev.patchbay.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jars of the examples as their own builds made them. */
final class ExampleJars {

    private static final Path EXAMPLES = Path.of(System.getProperty("patchbay.root"), "providers-examples");

    private ExampleJars() {}

    /** Drops all three into a folder. */
    static void dropInto(Path folder) throws IOException {
        for (String name : List.of("definitions-only", "line-dialect", "signed-dialect")) {
            Path jar = EXAMPLES.resolve(name + "/target/" + name + "-1.0.0.jar");
            assumeBuilt(jar);
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
    }

    /** {@code mvn test} makes no jars. */
    private static void assumeBuilt(Path jar) {
        if ("required".equals(System.getenv("PATCHBAY_EXTERNAL"))) {
            assertThat(jar).isRegularFile();
        }
        assumeTrue(Files.isRegularFile(jar), "run mvn verify: there is no " + jar.getFileName());
    }
}
