package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.daemon.problem.Problem;
import io.vertx.core.MultiMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks of one operation.
 *
 * @param path what stands in the place of the names in braces
 * @param query by name
 * @param headers of the request
 * @param body an empty object where none was sent
 * @param problems what the contract finds wrong with the body, by the name of its member
 */
record Call(Map<String, String> path, MultiMap query, MultiMap headers, ObjectNode body, Map<String, String> problems) {

    String id() {
        String id = path.get("id");
        if (id == null) {
            throw new IllegalStateException("the path has no id");
        }
        return id;
    }

    /** A query parameter, in either spelling. */
    Optional<String> parameter(String snake) {
        return Optional.ofNullable(query.get(snake)).or(() -> Optional.ofNullable(query.get(Names.camel(snake))));
    }

    Fields fields() {
        return new Fields(body, problems);
    }

    /** A parameter that is true or false. */
    boolean flag(String snake, boolean byDefault) {
        return parameter(snake)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw Problem.of(400, "the query parameter " + snake + " is true or false, not '" + text + "'");
                })
                .orElse(byDefault);
    }

    /** A parameter that is a number. */
    int number(String snake, int byDefault, int least, int most) {
        try {
            int number = parameter(snake).map(Integer::parseInt).orElse(byDefault);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notNumber) {
            // Said below.
        }
        throw Problem.of(400, "the query parameter " + snake + " is a number from " + least + " to " + most);
    }

    /** All values of a parameter that may be repeated. */
    static Set<String> all(MultiMap query, String snake) {
        Set<String> values = new LinkedHashSet<>();
        for (String name : List.of(snake, Names.camel(snake))) {
            query.getAll(name).stream()
                    .flatMap(text -> List.of(text.split(",")).stream())
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .forEach(values::add);
        }
        return values;
    }
}
