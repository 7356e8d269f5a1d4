package dev.patchbay.internal.plugin;

import dev.patchbay.spi.ProviderPlugin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A jar made of source text while a test runs, so that every kind of broken plugin can be had. */
final class PluginJar {

    static final String SERVICE = "META-INF/services/dev.patchbay.spi.ProviderPlugin";

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);
    private static final String INTERFACE = ProviderPlugin.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath();

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> sourcesApart = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> dropped = new ArrayList<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();

    /** A jar whose manifest says that it was built for this host. */
    static PluginJar forThisHost() {
        return new PluginJar().manifest("Provider-Spi-Version", "2.0");
    }

    /** A jar that says nothing. */
    static PluginJar plain() {
        return new PluginJar();
    }

    PluginJar manifest(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    /** Adds a class in the package {@code acme}. */
    PluginJar source(String simpleName, String text) {
        return source("acme", simpleName, text);
    }

    PluginJar source(String packageName, String simpleName, String text) {
        sources.put(
                packageName + "." + simpleName,
                "package " + packageName + ";\nimport dev.patchbay.spi.*;\nimport java.util.*;\n" + text);
        return this;
    }

    /** Adds a class that the others are not compiled against. */
    PluginJar sourceApart(String packageName, String simpleName, String text) {
        sourcesApart.put(packageName + "." + simpleName, "package " + packageName + ";\n" + text);
        return this;
    }

    /** Adds the plugin class {@code acme.Plugin} with its service entry. */
    PluginJar plugin(String id, String members) {
        return source(
                        "Plugin",
                        "public class Plugin implements ProviderPlugin {\n  public String id() { return \"" + id
                                + "\"; }\n" + members + "\n}")
                .entry(SERVICE, "acme.Plugin\n");
    }

    PluginJar entry(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Leaves a class out after everything was compiled with it. */
    PluginJar without(String className) {
        dropped.add(className.replace('.', '/') + ".class");
        return this;
    }

    Path writeTo(Path file) {
        try {
            Path classes = Files.createTempDirectory("plugin-classes");
            compile(sourcesApart, classes);
            compile(sources, classes);
            Path written = Files.createTempFile(file.toAbsolutePath().getParent(), ".writing", "");
            try (OutputStream out = Files.newOutputStream(written)) {
                write(out, classes);
            }
            return Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Map<String, String> sources, Path classes) {
        if (sources.isEmpty()) {
            return;
        }
        StringWriter messages = new StringWriter();
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> files.add(new Source(name, text)));
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", INTERFACE);
        if (!COMPILER.getTask(messages, FILES, null, options, null, files).call()) {
            throw new IllegalStateException("does not compile: " + messages);
        }
    }

    private void write(OutputStream out, Path classes) throws IOException {
        StringBuilder text = new StringBuilder("Manifest-Version: 1.0\n");
        manifest.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        Manifest head = new Manifest(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
        try (JarOutputStream jar = new JarOutputStream(out, head);
                var compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (!dropped.contains(name)) {
                    put(jar, name, Files.readAllBytes(file));
                }
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(jar, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
