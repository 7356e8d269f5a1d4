package dev.patchbay.architecture;

import dev.patchbay.spi.SpiVersion;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that a plugin can be linked against: a line that goes or changes breaks jars, and wants another major version. */
class SpiSignaturesTest {

    @Test
    void theLineOfThePluginInterfaceIsKnown() throws Exception {
        StringBuilder text = new StringBuilder("version " + SpiVersion.current() + "\n");
        for (String name : classes()) {
            Class<?> type = Class.forName(name, false, SpiVersion.class.getClassLoader());
            if (isVisible(type.getModifiers()) && isReachable(type)) {
                text.append('\n').append(head(type)).append('\n');
                lines(type).forEach(line -> text.append("  ").append(line).append('\n'));
            }
        }
        Golden.assertMatches(SpiSignaturesTest.class, "spi.txt", text.toString());
    }

    private static boolean isReachable(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return !type.isAnonymousClass() && (outer == null || isVisible(outer.getModifiers()) && isReachable(outer));
    }

    private static TreeSet<String> lines(Class<?> type) {
        TreeSet<String> lines = new TreeSet<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor.getModifiers())) {
                lines.add("new" + parameters(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
                lines.add(modifiers(method) + method.getGenericReturnType().getTypeName() + " " + method.getName()
                        + parameters(method));
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
                lines.add(
                        field.isEnumConstant()
                                ? field.getName()
                                : "static " + field.getGenericType() + " " + field.getName());
            }
        }
        return lines;
    }

    private static String modifiers(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return "static ";
        }
        return method.isDefault() ? "default " : Modifier.isAbstract(method.getModifiers()) ? "abstract " : "";
    }

    private static String parameters(Executable executable) {
        return Stream.of(executable.getGenericParameterTypes())
                .map(type -> type.getTypeName())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String head(Class<?> type) {
        String kind = type.isEnum() ? "enum" : type.isRecord() ? "record" : type.isInterface() ? "interface" : "class";
        String supers = Arrays.stream(type.getGenericInterfaces())
                .map(of -> of.getTypeName())
                .collect(Collectors.joining(", "));
        return kind + " " + type.getName() + (supers.isEmpty() ? "" : " is " + supers)
                + (type.isSealed() ? ", sealed" : "");
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<String> classes() throws IOException, URISyntaxException {
        URI home = SpiVersion.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Path path = Path.of(home);
        if (Files.isDirectory(path)) {
            return classesUnder(path);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
            return classesUnder(jar.getPath("/"));
        }
    }

    private static List<String> classesUnder(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.startsWith("dev/patchbay/spi/") && name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .sorted()
                    .toList();
        }
    }
}
