package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {

    @TempDir
    Path directory;

    private Golden golden(boolean update) {
        return new Golden(directory, text -> text, update);
    }

    @Test
    void showsTheLinesThatDiffer() throws Exception {
        String lines = IntStream.range(0, 20).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Files.writeString(directory.resolve("a.txt"), lines);

        assertThatThrownBy(() -> golden(false).check("a.txt", lines.replace("line 7\n", "line seven\nand more\n")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a.txt differs")
                .hasMessageContaining("-Dgolden.update=true")
                .hasMessageEndingWith(
                        "…\n  line 5\n  line 6\n- line 7\n+ line seven\n+ and more\n  line 8\n  line 9\n…\n");
    }

    @Test
    void showsLineEndsThatDiffer() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "one\ntwo\n");

        assertThatThrownBy(() -> golden(false).check("a.txt", "one\r\ntwo")).hasMessageContaining("""
                - one
                - two
                - (end)
                + one\\r
                + two(end without line break)
                """);
    }

    @Test
    void comparesLargeTextsThatHaveNothingInCommon() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "old\n".repeat(3000));

        assertThatThrownBy(() -> golden(false).check("a.txt", "new\n".repeat(3000)))
                .hasMessageContaining("- old\n")
                .hasMessageContaining("+ new\n");
    }

    @Test
    void failsWithoutAFileAndSaysHowToMakeOne() {
        assertThatThrownBy(() -> golden(false).check("none.txt", "text"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no golden file")
                .hasMessageContaining("-Dgolden.update=true");
    }

    @Test
    void writesTheFileOnRequest() {
        golden(true).check("deep/er/a.txt", "text\n");

        assertThatCode(() -> golden(false).check("deep/er/a.txt", "text\n")).doesNotThrowAnyException();
    }

    @Test
    void replacesWhatDiffersFromRunToRun() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "<home>/x of http://127.0.0.1:<port>/v1\n");

        golden(false)
                .withoutPorts()
                .replacing(directory, "<home>")
                .check("a.txt", directory + "/x of http://127.0.0.1:4711/v1\n");
    }

    @Test
    void findsTheGoldenFilesOfTheModule() {
        Golden.assertMatches(GoldenTest.class, "hello.txt", "hello\n");
        assertThat(Path.of("src/test/resources/golden/GoldenTest/hello.txt")).exists();
    }
}
