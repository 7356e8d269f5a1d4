package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.SecretRef;
import java.time.Duration;
import java.util.List;

/** Whether what a dialect says of itself is of use to a host. */
final class DialectDescription {

    private DialectDescription() {}

    static void check(Dialect dialect) {
        assertThat(dialect.id()).matches("[a-z0-9][a-z0-9._-]{0,63}");
        assertThat(dialect.options()).extracting(Option::name).doesNotHaveDuplicates();
        dialect.options().forEach(DialectDescription::check);
    }

    private static void check(Option option) {
        assertThat(option.name()).as("the name of an option").matches("[A-Za-z][A-Za-z0-9]*");
        assertThat(option.description())
                .as("the description of %s", option.name())
                .isNotBlank();
        option.defaultValue().ifPresent(value -> checkValue(option, value));
        assertThat(option.isRequired() && option.defaultValue().isPresent())
                .as("%s is required and has a default", option.name())
                .isFalse();
        if (!option.allowed().isEmpty()) {
            assertThat(option.type())
                    .as("the type of %s, which has allowed values", option.name())
                    .isEqualTo(Option.Type.STRING);
        }
    }

    /** Checks that an option can have this value. */
    static void checkValue(Option option, Object value) {
        assertThat(value).as("a value of %s", option.name()).isInstanceOf(javaType(option.type()));
        if (!option.allowed().isEmpty()) {
            assertThat(option.allowed()).as("the values of %s", option.name()).contains((String) value);
        }
    }

    private static Class<?> javaType(Option.Type type) {
        return switch (type) {
            case STRING -> String.class;
            case INTEGER -> Long.class;
            case BOOLEAN -> Boolean.class;
            case DURATION -> Duration.class;
            case SECRET -> SecretRef.class;
            case STRING_LIST -> List.class;
        };
    }
}
