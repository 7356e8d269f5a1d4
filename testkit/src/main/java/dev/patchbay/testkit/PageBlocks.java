package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The code blocks of a page for users, so that a test can run what the page shows. */
public final class PageBlocks {

    private final String page;

    private PageBlocks(String page) {
        this.page = page;
    }

    /**
     * The blocks of a page.
     *
     * @throws IOException if it cannot be read
     */
    public static PageBlocks of(Path page) throws IOException {
        return new PageBlocks(Files.readString(page));
    }

    /** The blocks of a language, in their order. */
    public List<String> in(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /**
     * Compiles the Java blocks with the class path of the test, each as its imports and the body of a method, and runs them in their order.
     *
     * @param folder where the classes go
     * @param imports names of packages and classes that stand above each block, such as {@code java.util.*}
     * @param change what is done to a block before
     * @return what was printed to standard output
     * @throws AssertionError if one does not compile
     * @throws Exception what a block throws
     */
    public String run(Path folder, List<String> imports, UnaryOperator<String> change) throws Exception {
        List<String> blocks = in("java");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, PageBlocks.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            for (int i = 0; i < blocks.size(); i++) {
                String name = "Block" + i;
                Files.writeString(folder.resolve(name + ".java"), program(name, imports, change.apply(blocks.get(i))));
                compile(folder.resolve(name + ".java"));
                invoke(classes.loadClass(name));
            }
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }

    private static String program(String name, List<String> imports, String block) {
        StringBuilder program = new StringBuilder();
        imports.forEach(one -> program.append("import ").append(one).append(";\n"));
        block.lines()
                .filter(PageBlocks::isImport)
                .forEach(line -> program.append(line).append('\n'));
        String body = block.lines().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
        return program.append("public class ")
                .append(name)
                .append(" {\n    public static void run() throws Exception {\n")
                .append(body.indent(8))
                .append("    }\n}\n")
                .toString();
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    private static void compile(Path file) {
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler(), "the tests run on a JDK");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = compiler.run(
                null, null, errors, "-cp", System.getProperty("java.class.path"), "-proc:none", file.toString());
        if (code != 0) {
            throw new AssertionError(errors.toString(UTF_8));
        }
    }

    private static void invoke(Class<?> block) throws Exception {
        try {
            block.getMethod("run").invoke(null);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw thrown;
        }
    }
}
