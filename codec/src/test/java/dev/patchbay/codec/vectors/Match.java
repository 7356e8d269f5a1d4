package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares a value with an expected one that may hold matchers; the rules are those of {@code _FORMAT.json}. */
public final class Match {

    private final Map<String, String> bound;

    private Match(Map<String, String> bound) {
        this.bound = bound;
    }

    /** The differences, each with its path; an empty list if there are none. */
    public static List<String> differences(JsonNode expected, JsonNode actual) {
        return new Match(new HashMap<>()).match(expected, actual, "$");
    }

    /** The differences in the members that are expected; others are free. */
    public static List<String> members(JsonNode expected, JsonNode actual) {
        Match match = new Match(new HashMap<>());
        List<String> out = new ArrayList<>();
        expected.properties().forEach(member -> {
            String name = member.getKey();
            if (!name.equals("checkpoints") && !name.equals("events")) {
                out.addAll(match.member(member.getValue(), actual.path(name), "$." + name));
            }
        });
        return out;
    }

    private List<String> match(JsonNode expected, JsonNode actual, String path) {
        if (expected.has("$match")) {
            return matcher(expected, actual, path);
        }
        if (actual.isMissingNode()) {
            return List.of(path + ": missing");
        }
        JsonNode want = singleText(expected);
        JsonNode got = singleText(actual);
        if (want.isObject()) {
            return object(want, got, path);
        }
        if (want.isArray()) {
            return array(want, got, path);
        }
        boolean equal = want.isNumber() && got.isNumber()
                ? want.decimalValue().compareTo(got.decimalValue()) == 0
                : want.equals(got);
        return equal ? List.of() : List.of(path + ": want " + want + " got " + got);
    }

    private List<String> object(JsonNode want, JsonNode got, String path) {
        if (!got.isObject()) {
            return List.of(path + ": want object, got " + got);
        }
        List<String> out = new ArrayList<>();
        want.properties()
                .forEach(member ->
                        out.addAll(member(member.getValue(), got.path(member.getKey()), path + "." + member.getKey())));
        got.properties().forEach(member -> {
            if (!want.has(member.getKey()) && !member.getValue().isNull()) {
                out.add(path + "." + member.getKey() + ": unexpected key " + member.getValue());
            }
        });
        return out;
    }

    private List<String> member(JsonNode want, JsonNode got, String path) {
        if (want.isNull()) {
            return absent(got, path);
        }
        return match(want, got, path);
    }

    private List<String> array(JsonNode want, JsonNode got, String path) {
        if (!got.isArray() || got.size() != want.size()) {
            return List.of(path + ": want " + want.size() + " items, got " + got);
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < want.size(); i++) {
            out.addAll(match(want.path(i), got.path(i), path + "[" + i + "]"));
        }
        return out;
    }

    private List<String> matcher(JsonNode m, JsonNode actual, String path) {
        String kind = m.path("$match").asText();
        if (kind.equals("absent")) {
            return absent(actual, path);
        }
        if (actual.isMissingNode()) {
            return List.of(path + ": missing");
        }
        return switch (kind) {
            case "any" -> List.of();
            case "string" -> check(actual.isTextual(), path, "not a string", actual);
            case "nonEmptyString" ->
                check(actual.isTextual() && !actual.textValue().isEmpty(), path, "not a non-empty string", actual);
            case "contains", "excludes" -> contains(m, actual, path, kind.equals("contains"));
            case "regex" ->
                check(
                        text(actual)
                                .filter(t -> found(m.path("value").asText(), t))
                                .isPresent(),
                        path,
                        "does not match " + m.path("value"),
                        actual);
            case "json" -> json(m, actual, path);
            case "textJoin" -> textJoin(m, actual, path);
            case "bind" -> bind(m, actual, path);
            case "anyOf" -> anyOf(m, actual, path);
            case "allOf" -> allOf(m, actual, path);
            case "int" -> integer(m, actual, path);
            case "parts" -> parts(m.path("items"), actual, path);
            case "usage" -> usage(m.path("values"), actual, path);
            case "subset" -> subset(m.path("value"), actual, path);
            default -> List.of(path + ": unknown matcher " + kind);
        };
    }

    private static List<String> absent(JsonNode actual, String path) {
        return check(actual.isMissingNode() || actual.isNull(), path, "must be absent", actual);
    }

    private static List<String> contains(JsonNode m, JsonNode actual, String path, boolean wanted) {
        String text = text(actual).orElseGet(() -> Json.text(actual)).toLowerCase(Locale.ROOT);
        List<String> bad = new ArrayList<>();
        for (JsonNode value : m.path("values")) {
            if (text.contains(value.asText().toLowerCase(Locale.ROOT)) != wanted) {
                bad.add(value.asText());
            }
        }
        return check(bad.isEmpty(), path, m.path("$match").asText() + " fails for " + bad, actual);
    }

    private List<String> json(JsonNode m, JsonNode actual, String path) {
        Optional<JsonNode> value = actual.isTextual() ? Json.tryParse(actual.textValue()) : Optional.empty();
        return value.map(v -> match(m.path("value"), v, path + "<json>"))
                .orElseGet(() -> List.of(path + ": not JSON text: " + actual));
    }

    private static List<String> textJoin(JsonNode m, JsonNode actual, String path) {
        List<String> quoted = new ArrayList<>();
        m.path("values").forEach(value -> quoted.add(Pattern.quote(value.asText())));
        String pattern = quoted.stream().collect(Collectors.joining("\\s*"));
        boolean joined = text(actual).filter(t -> t.matches(pattern)).isPresent();
        return check(joined, path, "is not the join of " + m.path("values"), actual);
    }

    private List<String> bind(JsonNode m, JsonNode actual, String path) {
        String text = actual.asText("");
        String regex = m.path("regex").asText("");
        String name = m.path("name").asText();
        if (!actual.isTextual() || text.isEmpty() || !found(regex, text)) {
            return List.of(path + ": not a text that matches " + regex + ": " + actual);
        }
        if (bound.containsKey(name)) {
            return check(text.equals(bound.get(name)), path, "differs from " + name + "=" + bound.get(name), actual);
        }
        if (bound.containsValue(text)) {
            return List.of(path + ": " + text + " is already bound to another name");
        }
        bound.put(name, text);
        return List.of();
    }

    private List<String> anyOf(JsonNode m, JsonNode actual, String path) {
        for (JsonNode value : m.path("values")) {
            Match attempt = new Match(new HashMap<>(bound));
            if (attempt.match(value, actual, path).isEmpty()) {
                bound.putAll(attempt.bound);
                return List.of();
            }
        }
        return List.of(path + ": " + actual + " is none of the alternatives");
    }

    private List<String> allOf(JsonNode m, JsonNode actual, String path) {
        List<String> out = new ArrayList<>();
        m.path("values").forEach(value -> out.addAll(match(value, actual, path)));
        return out;
    }

    private static List<String> integer(JsonNode m, JsonNode actual, String path) {
        boolean whole = actual.isNumber() && actual.doubleValue() == Math.rint(actual.doubleValue());
        double value = actual.doubleValue();
        boolean inside =
                value >= m.path("min").asDouble(value) && value <= m.path("max").asDouble(value);
        return check(whole && inside, path, "out of range", actual);
    }

    private List<String> parts(JsonNode items, JsonNode actual, String path) {
        if (!actual.isArray()) {
            return List.of(path + ": not an array");
        }
        int found = 0;
        for (JsonNode part : actual) {
            Match attempt = new Match(new HashMap<>(bound));
            if (found < items.size()
                    && attempt.match(items.path(found), part, path).isEmpty()) {
                bound.putAll(attempt.bound);
                found++;
            } else if (!part.path("type").asText().equals("text")) {
                return List.of(path + ": unexpected part " + part);
            }
        }
        return check(found == items.size(), path, "part " + found + " of the expected parts not found", actual);
    }

    private static List<String> usage(JsonNode values, JsonNode actual, String path) {
        if (!actual.isObject()) {
            return List.of(path + ": not an object");
        }
        List<String> out = new ArrayList<>();
        values.properties().forEach(count -> {
            JsonNode got = actual.path(count.getKey());
            String at = path + "." + count.getKey();
            if (count.getValue().isObject()) {
                out.addAll(usage(count.getValue(), got.isObject() ? got : Json.object(), at));
            } else if (got.asDouble(0) != count.getValue().asDouble()) {
                out.add(at + ": want " + count.getValue() + " got " + got);
            }
        });
        return out;
    }

    private List<String> subset(JsonNode value, JsonNode actual, String path) {
        if (!actual.isObject()) {
            return List.of(path + ": not an object: " + actual);
        }
        List<String> out = new ArrayList<>();
        value.properties()
                .forEach(member -> out.addAll(
                        member(member.getValue(), actual.path(member.getKey()), path + "." + member.getKey())));
        return out;
    }

    private static boolean found(String regex, String text) {
        return Pattern.compile(regex).matcher(text).find();
    }

    private static List<String> check(boolean good, String path, String problem, JsonNode actual) {
        return good ? List.of() : List.of(path + ": " + problem + ": " + actual);
    }

    private static Optional<String> text(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue());
        }
        if (!value.isArray()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : value) {
            if (!part.path("type").asText().equals("text")) {
                return Optional.empty();
            }
            texts.add(part.path("text").asText());
        }
        return Optional.of(String.join("\n", texts));
    }

    /** A list of one plain text part is the same as the text. */
    private static JsonNode singleText(JsonNode value) {
        JsonNode part = value.isArray() && value.size() == 1 ? value.path(0) : MissingNode.getInstance();
        boolean plain = part.isObject()
                && part.size() == 2
                && part.path("type").asText().equals("text");
        return plain && part.has("text") ? part.path("text") : value;
    }
}
