import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools as agents offer them: thirty of them make a request of some 45 KB. */
final class Tools {

    static final String DESCRIPTION = "Looks up what is stored under a name and tells it. ".repeat(14);

    private Tools() {}

    static String name(int index) {
        return "look_up_" + index;
    }

    static Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : names()) {
            properties.put(
                    name, Map.of("type", "string", "description", "What is meant by " + name + " in the request."));
        }
        return properties;
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            names.add("property_" + i);
        }
        return names;
    }

    static Map<String, Object> schema() {
        return Map.of("type", "object", "properties", properties(), "required", names());
    }
}
