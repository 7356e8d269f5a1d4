package dev.patchbay.cli.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.codec.Efforts;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionTaskFields;
import dev.patchbay.spi.Thinking;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** What {@code -o KEY=VALUE} sets of a call: {@code temperature=0.2} and the like. */
public final class CallOptions {

    private static final Map<String, Setter> KNOWN = known();

    private CallOptions() {}

    /**
     * Checks settings and puts them into a request.
     *
     * @param settings each {@code key=value}; keys in snake_case or camelCase
     * @throws UsageException for a key that is not known, with those that are, or a value that it cannot take
     */
    public static void apply(List<String> settings, SessionTaskFields<?> request) {
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String key = equals < 0 ? setting : setting.substring(0, equals);
            String name = snakeCase(key);
            Setter setter = KNOWN.get(name);
            if (setter == null) {
                throw new UsageException(
                        "-o knows no " + key + Nearest.question(name, KNOWN.keySet()) + " (known: " + names() + ")");
            }
            if (equals < 0) {
                throw new UsageException("-o " + key + " needs a value: -o " + key + "=…");
            }
            set(setter, name, setting.substring(equals + 1), request);
        }
    }

    /**
     * The same as JSON for a daemon.
     *
     * @throws UsageException as {@link #apply}
     */
    static void put(List<String> settings, ObjectNode body) {
        if (settings.isEmpty()) {
            return;
        }
        apply(settings, LaunchRequest.query("checked"));
        ObjectNode options = body.putObject("options");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String name = snakeCase(setting.substring(0, equals));
            String value = setting.substring(equals + 1);
            if (name.equals("stop")) {
                options.withArray(name).add(value);
            } else if (value.matches("-?[0-9]+(\\.[0-9]+)?")) {
                options.put(name, new BigDecimal(value));
            } else {
                options.put(name, value);
            }
        }
    }

    /** The known keys, for the help. */
    public static String names() {
        return String.join(", ", KNOWN.keySet());
    }

    private static void set(Setter setter, String name, String value, SessionTaskFields<?> request) {
        try {
            setter.action.accept(request, value);
        } catch (IllegalArgumentException unfit) {
            throw new UsageException("-o " + name + " takes " + setter.takes);
        }
    }

    private static String snakeCase(String key) {
        return key.strip()
                .replace('-', '_')
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static Map<String, Setter> known() {
        Map<String, Setter> known = new LinkedHashMap<>();
        known.put("temperature", Setter.of("a number from 0 to 2", (to, value) -> to.temperature(number(value, 2))));
        known.put("max_tokens", Setter.of("a whole number from 1", (to, value) -> to.maxTokens(count(value))));
        known.put("top_p", Setter.of("a number from 0 to 1", (to, value) -> to.topP(number(value, 1))));
        known.put("top_k", Setter.of("a whole number from 1", (to, value) -> to.topK(count(value))));
        known.put(
                "stop",
                Setter.of(
                        "a text that ends the answer; may be repeated",
                        (to, value) -> to.stopSequence(required(value))));
        known.put(
                "effort",
                Setter.of("one of " + String.join(", ", Efforts.levels()), (to, value) -> to.effort(required(value))));
        known.put(
                "thinking",
                Setter.of(
                        "on, off, adaptive, or the most tokens to think", (to, value) -> to.thinking(thinking(value))));
        known.put("user", Setter.of("who asks, in words of your own", (to, value) -> to.userId(required(value))));
        return known;
    }

    private static double number(String text, double most) {
        double number = Double.parseDouble(text);
        if (!(number >= 0 && number <= most)) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static int count(String text) {
        int count = Integer.parseInt(text.strip());
        if (count < 1) {
            throw new IllegalArgumentException("less than 1");
        }
        return count;
    }

    private static String required(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }

    private static Thinking thinking(String text) {
        OptionalInt budget = text.chars().allMatch(Character::isDigit) && !text.isEmpty()
                ? OptionalInt.of(count(text))
                : OptionalInt.empty();
        if (budget.isPresent()) {
            return Thinking.enabled(budget.getAsInt());
        }
        return Thinking.of(
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "on", "true", "enabled" -> Thinking.Mode.ENABLED;
                    case "off", "false", "disabled" -> Thinking.Mode.DISABLED;
                    case "adaptive" -> Thinking.Mode.ADAPTIVE;
                    default -> throw new IllegalArgumentException("no mode");
                });
    }

    /**
     * What a key does with its value.
     *
     * @param takes the values it takes, in words
     * @param action throws {@link IllegalArgumentException} if the value is none of those
     */
    private record Setter(String takes, BiConsumer<SessionTaskFields<?>, String> action) {

        static Setter of(String takes, BiConsumer<SessionTaskFields<?>, String> action) {
            return new Setter(takes, action);
        }
    }
}
