package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Nearest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the field that somebody meant: by what other tools call it, or by spelling. */
final class Suggestions {

    private Suggestions() {}

    /** Members of a request that people look for among the fields. */
    private static final Set<String> PARAMETERS = Set.of(
            "temperature",
            "topp",
            "topk",
            "minp",
            "maxtokens",
            "maxcompletiontokens",
            "stop",
            "stopsequences",
            "seed",
            "n",
            "frequencypenalty",
            "presencepenalty",
            "repetitionpenalty",
            "reasoningeffort",
            "verbosity",
            "user",
            "responseformat",
            "store",
            "servicetier",
            "thinking",
            "logprobs",
            "logitbias",
            "paralleltoolcalls",
            "streamoptions",
            "metadata");

    /** The path of a body rule that says what a key was meant to say; empty if it is no member of requests. */
    static Optional<String> parameter(Shape.Table shape, String key) {
        String plain = key.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
        if (shape.field("body").isEmpty() || !PARAMETERS.contains(plain)) {
            return Optional.empty();
        }
        return Optional.of(
                key.replace('-', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT));
    }

    static Optional<Field<?>> find(Shape.Table shape, String key) {
        for (Field<?> field : shape.fields().values()) {
            for (String other : field.alsoCalled()) {
                if (other.equalsIgnoreCase(key)) {
                    return Optional.of(field);
                }
            }
        }
        return Nearest.to(key, shape.fields().keySet()).flatMap(shape::field);
    }
}
