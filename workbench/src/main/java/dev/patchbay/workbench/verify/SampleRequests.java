package dev.patchbay.workbench.verify;

import dev.patchbay.spi.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value to write into a provider file.
 *
 * @param yaml the value as a file has it
 * @param certain whether the dialect itself names it, as a default or an allowed value; if not, it is a guess, and a
 *     dialect may refuse it
 */
record SampleRequests(String yaml, boolean certain) {

    /** The variable that holds the canary. */
    static final String VARIABLE = "PATCHBAY_VERIFY_SECRET";

    /** What an option should accept; the first is what to use where the option is not the point. */
    static List<SampleRequests> accepted(Option option) {
        List<SampleRequests> samples = new ArrayList<>();
        option.defaultValue()
                .flatMap(SampleRequests::written)
                .ifPresent(yaml -> samples.add(new SampleRequests(yaml, true)));
        option.allowed().forEach(value -> samples.add(new SampleRequests(quoted(value), true)));
        if (samples.isEmpty()) {
            guesses(option.type()).forEach(yaml -> samples.add(new SampleRequests(yaml, false)));
        }
        return samples.stream().distinct().toList();
    }

    /** What no option of this kind accepts. */
    static String rejected(Option option) {
        return switch (option.type()) {
            case STRING -> option.allowed().isEmpty() ? "[no, text]" : quoted("none of the values");
            case INTEGER -> "many";
            case BOOLEAN -> "perhaps";
            case DURATION -> "soon";
            case SECRET -> "[no, secret]";
            case STRING_LIST -> "no list";
        };
    }

    private static List<String> guesses(Option.Type type) {
        return switch (type) {
            case STRING -> List.of("text");
            case INTEGER -> List.of("1");
            case BOOLEAN -> List.of("true", "false");
            case DURATION -> List.of("1s");
            case SECRET -> List.of("$" + VARIABLE);
            case STRING_LIST -> List.of("[one, two]");
        };
    }

    /** Empty for what has no written form, such as a value of a type that is wrong anyway. */
    private static Optional<String> written(Object value) {
        if (value instanceof Duration duration) {
            return Optional.of(duration.toMillis() + "ms");
        }
        if (value instanceof String text) {
            return Optional.of(quoted(text));
        }
        if (value instanceof List<?> list) {
            return Optional.of(list.stream()
                    .map(item -> quoted(String.valueOf(item)))
                    .toList()
                    .toString());
        }
        return value instanceof Long || value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
    }

    private static String quoted(String text) {
        return "'" + text.replace("$", "$$").replace("'", "''") + "'";
    }
}
