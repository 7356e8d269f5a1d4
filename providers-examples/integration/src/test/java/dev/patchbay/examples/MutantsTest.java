package dev.patchbay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.workbench.verify.PluginVerifier;
import dev.patchbay.workbench.verify.Verification;
import dev.patchbay.workbench.verify.VerifierCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples with one thing left out each: {@code plugins verify} must see it. */
class MutantsTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final String SIGNED = "signed-dialect";
    private static final String LINES = "line-dialect";

    /**
     * An example without something.
     *
     * @param from what stands in its source once
     * @param check the check that has to fail
     */
    record Mutant(String what, String example, String from, String to, String check) {

        @Override
        public String toString() {
            return example + " without " + what;
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant("system prompt", SIGNED, "parts(request.system())", "List.of()", "sends the system prompt"),
                new Mutant(
                        "earlier turns",
                        SIGNED,
                        "for (ChatMessage message : request.messages()) {",
                        "for (ChatMessage message : request.messages().subList(request.messages().size() - 1, request.messages().size())) {",
                        "sends the conversation"),
                new Mutant("tools", SIGNED, "tools.add(tool(tool))", "tool.name()", "sends tools"),
                new Mutant("schemas of tools", SIGNED, "json.put(\"schema\", tool.inputSchema());", "", "sends tools"),
                new Mutant(
                        "inputs of calls",
                        SIGNED,
                        "\"input\", call.input()",
                        "\"input\", Map.of()",
                        "sends calls and their results"),
                new Mutant(
                        "results",
                        SIGNED,
                        "\"failed\", result.isError(), \"parts\", parts(result.content())",
                        "\"failed\", result.isError()",
                        "sends calls and their results"),
                new Mutant(
                        "images",
                        SIGNED,
                        "parts.add(Map.of(\"image\", data.data(), \"type\", data.mediaType()));",
                        "",
                        "sends images"),
                new Mutant(
                        "schema of the answer",
                        SIGNED,
                        "body.put(\"schema\", schema)",
                        "schema.size()",
                        "sends the schema of the answer"),
                new Mutant(
                        "usage",
                        SIGNED,
                        "usage(step.get(\"used\"))",
                        "Usage.unknown()",
                        "reads text, usage and the end of a turn"),
                new Mutant(
                        "usage of the output",
                        SIGNED,
                        ".outputTokens(out.longValue())",
                        "",
                        "reads text, usage and the end of a turn"),
                new Mutant(
                        "stop reasons",
                        SIGNED,
                        "ENDS.getOrDefault(reason, new StopReason(reason))",
                        "StopReason.END_TURN",
                        "says that an answer was cut at its limit"),
                new Mutant(
                        "inputs it reads",
                        SIGNED,
                        "events.add(ChatEvent.inputDelta(index, json(step.get(\"input\"))));",
                        "",
                        "reads calls of tools, several in one answer"),
                new Mutant(
                        "the wish to think",
                        SIGNED,
                        "body.put(\"thinking\", thinking.mode().name())",
                        "thinking.mode()",
                        "sends that thinking is wanted"),
                new Mutant(
                        "earlier thinking",
                        SIGNED,
                        "parts.add(Map.of(\"thought\", thinking.thinking(), \"proof\", thinking.signature()));",
                        "thinking.signature();",
                        "sends back what was thought"),
                new Mutant(
                        "refusals",
                        SIGNED,
                        "\"refused\", StopReason.REFUSAL",
                        "\"no\", StopReason.REFUSAL",
                        "reads a refusal"),
                new Mutant(
                        "thinking", SIGNED, "events.add(ChatEvent.thinkingDelta(index, piece));", "", "reads thinking"),
                new Mutant(
                        "system prompt",
                        LINES,
                        "append(lines, \"system\", text(request.system()));",
                        "",
                        "sends the system prompt"),
                new Mutant(
                        "usage",
                        LINES,
                        "usage = usage(rest)",
                        "usage(rest)",
                        "reads text, usage and the end of a turn"),
                new Mutant(
                        "stop reasons",
                        LINES,
                        "rest.equals(\"length\") ? StopReason.MAX_TOKENS : StopReason.END_TURN",
                        "StopReason.END_TURN",
                        "says that an answer was cut at its limit"));
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("mutants")
    void verifySeesWhatAnExampleLeavesOut(Mutant mutant) throws IOException {
        ExampleJars.dropInto(folder);

        Verification verification = new PluginVerifier().verify(made(mutant));

        assertThat(verification.isPassed()).isFalse();
        assertThat(verification.checks())
                .filteredOn(check -> check.state() == VerifierCheck.State.FAILED)
                .extracting(VerifierCheck::name)
                .anyMatch(name -> name.endsWith(": " + mutant.check()));
    }

    @Test
    void verifyPassesTheExamplesThemselves() throws IOException {
        ExampleJars.dropInto(folder);
        for (String example : List.of(SIGNED, LINES)) {
            Verification verification = new PluginVerifier().verify(folder.resolve(example + "-1.0.0.jar"));

            assertThat(verification.checks())
                    .filteredOn(check -> check.state() != VerifierCheck.State.PASSED)
                    .isEmpty();
        }
    }

    /** The example's jar with the classes of a changed source in the place of its own. */
    private Path made(Mutant mutant) throws IOException {
        Path jar = folder.resolve(mutant.example() + "-1.0.0.jar");
        Path sources = Files.createDirectories(folder.resolve("_sources"));
        Path classes = Files.createDirectories(folder.resolve("_classes"));
        List<Path> files = new ArrayList<>();
        int changes = 0;
        Path original = ROOT.resolve("providers-examples/" + mutant.example() + "/src/main/java");
        try (Stream<Path> found = Files.walk(original)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                // The formatter may have broken a line.
                String changed = text.replace(mutant.from(), mutant.to());
                changes += changed.equals(text) ? 0 : 1;
                files.add(Files.writeString(sources.resolve(file.getFileName()), changed));
            }
        }
        assertThat(changes).as("%s stands in the source once", mutant.from()).isEqualTo(1);
        compile(files, classes, jar);
        return packed(jar, classes);
    }

    private static void compile(List<Path> files, Path classes, Path jar) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String spi = Path.of(ProviderPlugin.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", spi + ":" + jar);
            boolean compiled = compiler.getTask(
                            null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).as("the mutant compiles").isTrue();
        }
    }

    private Path packed(Path jar, Path classes) throws IOException {
        Path made = folder.resolve("mutant.jar");
        Set<String> own = new TreeSet<>();
        try (Stream<Path> found = Files.walk(classes)) {
            found.filter(Files::isRegularFile)
                    .forEach(file -> own.add(classes.relativize(file).toString()));
        }
        try (JarFile original = new JarFile(jar.toFile());
                OutputStream out = Files.newOutputStream(made);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (JarEntry entry : original.stream().toList()) {
                if (!own.contains(entry.getName()) && !entry.isDirectory()) {
                    packed.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream in = original.getInputStream(entry)) {
                        in.transferTo(packed);
                    }
                }
            }
            for (String name : own) {
                packed.putNextEntry(new JarEntry(name));
                Files.copy(classes.resolve(name), packed);
            }
        }
        return made;
    }
}
