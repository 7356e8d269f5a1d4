package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public signatures of packages, as text for a golden file: every public type with what others can name of it. Reads the class
 * files that the tests run with, a folder or a jar. Immutable.
 */
public final class PublicSignatures {

    private final Class<?> anchor;
    private final Predicate<AnnotatedElement> hidden;

    private PublicSignatures(Class<?> anchor, Predicate<AnnotatedElement> hidden) {
        this.anchor = requireNonNull(anchor, "anchor is null");
        this.hidden = requireNonNull(hidden, "hidden is null");
    }

    /** Signatures of the folder or jar that a class comes from. */
    public static PublicSignatures beside(Class<?> anchor) {
        return new PublicSignatures(anchor, element -> false);
    }

    /** The same without types and members of which this is true. */
    public PublicSignatures without(Predicate<AnnotatedElement> these) {
        return new PublicSignatures(anchor, these);
    }

    /** A line for each type, and below it one for each member that it declares, sorted by name. */
    public String of(String... packages) {
        StringBuilder text = new StringBuilder();
        for (Class<?> type : types(packages)) {
            text.append(declaration(type)).append('\n');
            members(type).forEach(member -> text.append("    ").append(member).append('\n'));
        }
        return text.toString();
    }

    /** The names of all types that the signatures mention. */
    public Set<String> mentioned(String... packages) {
        return Stream.of(of(packages).split("[^\\w.$]+"))
                .filter(word -> word.indexOf('.') > 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Class<?>> types(String... packages) {
        List<Class<?>> types = new ArrayList<>();
        for (String name : packages) {
            classNames(name).forEach(className -> types.add(load(className)));
        }
        types.removeIf(type -> !isVisible(type));
        types.sort(Comparator.comparing(Class::getName));
        return types;
    }

    private boolean isVisible(Class<?> type) {
        boolean open = Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers());
        Class<?> around = type.getDeclaringClass();
        return open && !type.isAnonymousClass() && !hidden.test(type) && (around == null || isVisible(around));
    }

    private List<String> classNames(String packageName) {
        String folder = packageName.replace('.', '/');
        try {
            Path source = Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(source)) {
                return classNames(source.resolve(folder), packageName);
            }
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                return classNames(jar.getPath(folder), packageName);
            }
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("the class files of " + packageName + " cannot be read", e);
        }
    }

    private static List<String> classNames(Path folder, String packageName) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> packageName + "." + file.substring(0, file.length() - ".class".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, anchor.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " has a class file and no class", e);
        }
    }

    private static String declaration(Class<?> type) {
        String text = kind(type) + " " + type.getName() + variables(type);
        Type above = type.getGenericSuperclass();
        boolean implied = above == null || above == Object.class || type.isRecord() || type.isEnum();
        text += implied ? "" : " extends " + above.getTypeName();
        text += list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces());
        if (!type.isSealed()) {
            return text;
        }
        Class<?>[] permitted = type.getPermittedSubclasses();
        // Where they are not declared, their order is the compiler's own.
        Arrays.sort(permitted, Comparator.comparing(Class::getName));
        return text + list(" permits ", permitted);
    }

    private static String kind(Class<?> type) {
        int kept = type.getModifiers() & (Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return (type.isRecord() ? "record" : Modifier.toString(kept) + " class").strip();
    }

    private static String list(String word, Type... types) {
        return types.length == 0
                ? ""
                : word + Stream.of(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private Collection<String> members(Class<?> type) {
        SortedMap<String, String> lines = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field)) {
                lines.put(
                        field.getName(),
                        modifiers(field) + field.getGenericType().getTypeName() + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor)) {
                String rest = rest(constructor);
                lines.put(rest, modifiers(constructor) + "new" + rest);
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method)) {
                String name = method.getName() + rest(method);
                lines.put(
                        name,
                        modifiers(method) + (variables(method) + " ").stripLeading()
                                + method.getGenericReturnType().getTypeName() + " " + name);
            }
        }
        return lines.values();
    }

    private <M extends Member & AnnotatedElement> boolean isVisible(M member) {
        boolean inFinal = Modifier.isFinal(member.getDeclaringClass().getModifiers());
        boolean open =
                Modifier.isPublic(member.getModifiers()) || (Modifier.isProtected(member.getModifiers()) && !inFinal);
        return open && !member.isSynthetic() && !hidden.test(member);
    }

    /** Without those that change nothing for a caller. */
    private static String modifiers(Member member) {
        int kept = member.getModifiers() & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
        boolean isDefault = member instanceof Method method && method.isDefault();
        return (kept == 0 ? "" : Modifier.toString(kept) + " ") + (isDefault ? "default " : "");
    }

    private static String variables(GenericDeclaration declaration) {
        TypeVariable<?>[] variables = declaration.getTypeParameters();
        return variables.length == 0
                ? ""
                : Stream.of(variables).map(PublicSignatures::bounded).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String bounded(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getBounds())
                .filter(bound -> bound != Object.class)
                .map(Type::getTypeName)
                .collect(Collectors.joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String rest(Executable executable) {
        String parameters = Stream.of(executable.getGenericParameterTypes())
                .map(Type::getTypeName)
                .collect(Collectors.joining(", ", "(", ")"));
        return parameters + list(" throws ", executable.getGenericExceptionTypes());
    }
}
