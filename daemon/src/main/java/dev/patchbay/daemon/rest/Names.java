package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.problem.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The two spellings of a member's name: snake_case in answers, and either in requests. */
final class Names {

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern BAR = Pattern.compile("_([a-z])");

    private Names() {}

    /** {@code proxy_base_url} for {@code proxyBaseUrl}. */
    static String snake(String name) {
        return HUMP.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }

    /** {@code proxyBaseUrl} for {@code proxy_base_url}. */
    static String camel(String name) {
        return BAR.matcher(name).replaceAll(bar -> bar.group(1).toUpperCase(Locale.ROOT));
    }

    /**
     * A request with every name of ours in snake_case; what is the user's own, such as a schema, stays as it is.
     *
     * @throws Problem with status 422 if a member stands there in both spellings
     */
    static ObjectNode normal(ObjectNode body) {
        ObjectNode normal = Json.object();
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = snake(member.getKey());
            if (normal.has(name)) {
                throw Problem.field(name, "is given twice, as " + name + " and as " + camel(name));
            }
            normal.set(name, name.equals("attachments") ? each(member.getValue()) : member.getValue());
        }
        return normal;
    }

    /** Every name in it in snake_case. */
    static ObjectNode snakeCase(ObjectNode object) {
        ObjectNode snake = Json.object();
        object.properties().forEach(member -> snake.set(snake(member.getKey()), member.getValue()));
        return snake;
    }

    private static JsonNode each(JsonNode list) {
        if (!(list instanceof ArrayNode array)) {
            return list;
        }
        ArrayNode normal = Json.array();
        array.forEach(item -> normal.add(item instanceof ObjectNode object ? normal(object) : item));
        return normal;
    }
}
