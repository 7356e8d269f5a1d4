package dev.patchbay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every block of the README does what it says, in the checkout of {@link CheckoutTest}. */
abstract class ReadmeBlocks {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);
    private static final String GROQ = "https://api.groq.com/openai/v1";

    private static Checkout checkout;
    private static List<Block> blocks;

    private record Block(String language, String text) {}

    @BeforeAll
    static void read() throws IOException {
        checkout = Checkout.shared();
        blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(checkout.folder().resolve("README.md")));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
    }

    @Test
    void noBlockIsOfAKindThatNoTestRuns() {
        assertThat(blocks).extracting(Block::language).isSubsetOf(Set.of("yaml", "sh", "java"));
        assertThat(texts("yaml")).hasSize(1);
        assertThat(texts("java")).hasSize(1);
    }

    @Test
    void yamlBlockIsAProvider() throws IOException {
        String yaml = texts("yaml").get(0);
        assertThat(yaml).contains(GROQ);
        try (FakeProvider groq = FakeProvider.start()) {
            Files.writeString(
                    checkout.folder().resolve("groq.yaml"),
                    yaml.replace(GROQ, groq.baseUrl("/openai/v1").toString()));
            ProcessOutcome outcome = checkout.command(
                            "./patchbay", "launch", "Hi", "--provider", "groq", "--config", "groq.yaml", "--no-store")
                    .env("GROQ_API_KEY", "key-of-a-test")
                    .run(LIMIT);
            assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
            assertThat(groq.onlyRequest().target()).isEqualTo("/openai/v1/chat/completions");
        }
    }

    /** The script names each step and its time; it ends with 1 if one of them fails. */
    @Test
    void everyLineOfShellRunsAsItStands() {
        requirePython();
        ProcessOutcome outcome = checkout.command(
                        "python3", "build/docs/first-minutes", "README.md", "docs/first-hour.md")
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .run(Duration.ofMinutes(12));
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        assertThat(outcome.stdout())
                .contains(
                        "I have a key",
                        "I have local models",
                        "I run agents",
                        "patchbay run claude -p mistral",
                        "What is kept, and who is told");
        assertThat(outcome.stdout().lines().count()).isGreaterThan(30);
    }

    private static void requirePython() {
        boolean found;
        try {
            found = ChildProcess.of("python3", "--version").run(LIMIT).exitCode() == 0;
        } catch (RuntimeException missing) {
            found = false;
        }
        assertThat(found || !"required".equals(System.getenv("PATCHBAY_EXTERNAL")))
                .as("python3 must be there where PATCHBAY_EXTERNAL=required")
                .isTrue();
        assumeTrue(found, "python3, which runs the blocks, is not installed");
    }

    @Test
    void javaBlockCompilesAndRuns() throws IOException {
        String program = """
                import dev.patchbay.Patchbay;
                import dev.patchbay.session.LaunchRequest;
                import dev.patchbay.session.Session;
                import java.nio.file.Path;

                public class Embedded {
                    public static void main(String[] arguments) {
                %s    }
                }
                """.formatted(texts("java").get(0).indent(8));
        Path file = checkout.folder().resolve("Embedded.java");
        Files.writeString(file, program);
        List<String> words = new ArrayList<>(ChildProcess.javaWords());
        words.add(file.toString());
        ProcessOutcome outcome = checkout.command(words.toArray(String[]::new)).run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("You asked: Explain recursion");
    }

    private static List<String> texts(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }
}
