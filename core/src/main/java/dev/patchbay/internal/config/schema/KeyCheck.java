package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.provider.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the keys of a mapping whose keys are the user's own. */
final class KeyCheck {

    private static final List<String> OPERATIONS = operations();

    private KeyCheck() {}

    static Optional<ScalarCheck.Problem> problem(KeyType type, String key, String path) {
        return switch (type) {
            case ANY, QUERY -> Optional.empty();
            case ID ->
                ProviderIds.isValid(key)
                        ? Optional.empty()
                        : Optional.of(new ScalarCheck.Problem(
                                Code.BAD_ID, key + " cannot be an id", "use " + ProviderIds.RULE));
            case HEADER ->
                HeaderRules.problemOfName(key)
                        .map(message -> new ScalarCheck.Problem(Code.BAD_HEADER, message, "remove it"));
            case OPERATION -> OPERATIONS.contains(key) ? Optional.empty() : Optional.of(operation(key, path));
            case BODY_PATH ->
                ScalarCheck.isPath(key)
                        ? Optional.empty()
                        : Optional.of(new ScalarCheck.Problem(
                                Code.BAD_PATH,
                                "a path in " + path + " has an empty step",
                                "write a.b for member b of a"));
        };
    }

    private static ScalarCheck.Problem operation(String key, String path) {
        return new ScalarCheck.Problem(
                Code.UNKNOWN_KEY,
                key + " is not a key of " + path + Nearest.question(key, OPERATIONS),
                "keys of " + path + ": " + String.join(", ", OPERATIONS));
    }

    private static List<String> operations() {
        List<String> keys = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            keys.add(operation.key());
        }
        return keys;
    }
}
