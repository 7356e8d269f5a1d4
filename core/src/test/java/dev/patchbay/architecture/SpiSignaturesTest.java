package dev.patchbay.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.patchbay.testkit.Golden;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What plugins are compiled against: a change of it has to be seen and meant. */
final class SpiSignaturesTest {

    @Test
    void publicSignaturesOfTheSpiAreThoseOfTheGoldenFile() {
        StringBuilder text = new StringBuilder();
        new ClassFileImporter()
                .importPackages("dev.patchbay.spi").stream()
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .map(JavaClass::reflect)
                        .filter(SpiSignaturesTest::isVisible)
                        .forEach(type -> describe(type, text));
        Golden.assertMatches(SpiSignaturesTest.class, "spi-signatures.txt", text.toString());
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static void describe(Class<?> type, StringBuilder text) {
        // JDKs differ in whether toGenericString says that a type is sealed.
        text.append(type.isSealed() ? "sealed " : "")
                .append(type.toGenericString().replace("sealed ", ""))
                .append('\n');
        Set<String> members = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (isExposed(method.getModifiers()) && !method.isSynthetic()) {
                members.add((method.isDefault() ? "default " : "") + method.toGenericString());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isExposed(constructor.getModifiers())) {
                members.add(constructor.toGenericString());
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isExposed(field.getModifiers())) {
                members.add(field.toGenericString());
            }
        }
        members.forEach(member -> text.append("    ").append(member).append('\n'));
    }

    private static boolean isExposed(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
