package dev.patchbay.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jars of the examples as their own builds made them. */
final class ExampleJars {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));

    private ExampleJars() {}

    /** Drops all three into a folder. */
    static void dropInto(Path folder) throws IOException {
        for (String name : List.of("definitions-only", "line-dialect", "signed-dialect")) {
            Path jar = ROOT.resolve("providers-examples/" + name + "/target/" + name + "-1.0.0.jar");
            assumeBuilt(Files.isRegularFile(jar), jar);
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
    }

    /** The folder of jars that the launcher starts. */
    static Path packagedPatchbay() {
        Path lib = ROOT.resolve("cli/target/dist/lib");
        assumeBuilt(Files.isDirectory(lib), lib);
        return lib;
    }

    /** {@code mvn test} makes no jars. */
    private static void assumeBuilt(boolean there, Path what) {
        if ("required".equals(System.getenv("PATCHBAY_EXTERNAL"))) {
            assertThat(what).exists();
        }
        assumeTrue(there, "run mvn verify: there is no " + what.getFileName());
    }
}
