package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.codec.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an error body says, whichever of the known shapes it has (dialects.md, E2).
 *
 * @param message empty if the body has none
 * @param code a word, a number, or missing
 * @param type a word, a number, or missing
 * @param requestId the id of the request, where the body names it
 * @param retryDelay how long to wait, where the body says it apart from its message
 */
record ErrorBody(
        String message, JsonNode code, JsonNode type, Optional<String> requestId, Optional<Duration> retryDelay) {

    /** A message may repeat a whole prompt; what was refused stands before it. */
    private static final int LONGEST_MESSAGE = 16_000;

    /** So many objects inside one another are looked into. */
    private static final int MOST_LEVELS = 6;

    /** Where servers of all kinds put what they have to say, the likelier first. */
    private static final List<String> MESSAGES = List.of(
            "message",
            "msg",
            "faultstring",
            "detail",
            "errors",
            "errormsg",
            "errormessage",
            "errordescription",
            "details",
            "reason",
            "description",
            "title");

    /** What stands beside an error that is a text, and says more. */
    private static final List<String> RESTS = List.of("errordescription", "message", "detail", "details", "reason");

    /** Where servers put a number or a word that says what went wrong, or that nothing did. */
    private static final List<String> CODES = List.of("code", "statuscode", "errorcode");

    /** What some put around all that they say. */
    private static final List<String> ENVELOPES = List.of("response", "responsemetadata", "data", "result", "body");

    private static final Set<String> NOTHING = Set.of("0", "200", "ok", "success");
    private static final Set<String> FAILURES = Set.of("error", "fail", "failed", "failure");

    /** Whether a value that came in the place of an answer is an error, or a list that begins with one. */
    static boolean isError(JsonNode body) {
        JsonNode value = body.isArray() ? body.path(0) : body;
        return value.hasNonNull("error")
                || ErrorEvent.NAMES.contains(value.path("type").asText(""))
                || (!value.has("choices") && tellsError(value));
    }

    /** Whether a value without an answer and without {@code error} tells of one all the same. */
    static boolean tellsError(JsonNode value) {
        JsonNode success = value.path("success");
        boolean refused = success.isBoolean() && !success.booleanValue();
        if (refused || !value.path("errors").isEmpty()) {
            return true;
        }
        if (value.has("id") || message(value, MOST_LEVELS).isBlank()) {
            return false;
        }
        String type = LooseMembers.find(value, "type").asText("").toLowerCase(Locale.ROOT);
        String code = code(value).asText("").toLowerCase(Locale.ROOT);
        return (code.isBlank() ? says(value.path("detail")) : !NOTHING.contains(code))
                || type.endsWith("error")
                || type.endsWith("exception")
                || FAILURES.contains(value.path("status").asText("").toLowerCase(Locale.ROOT));
    }

    private static boolean says(JsonNode detail) {
        return detail.isContainerNode() ? !detail.isEmpty() : !detail.asText("").isBlank();
    }

    static ErrorBody of(JsonNode body) {
        return of(body, MOST_LEVELS);
    }

    /** An error of which nothing but a text is known. */
    static ErrorBody of(String message) {
        JsonNode missing = MissingNode.getInstance();
        return new ErrorBody(message, missing, missing, Optional.empty(), Optional.empty());
    }

    ErrorBody withMessage(String text) {
        return new ErrorBody(text, code, type, requestId, retryDelay);
    }

    private static ErrorBody of(JsonNode body, int levels) {
        JsonNode root = body.isArray() ? speaking(body) : body;
        if (root.isTextual() || levels == 0) {
            return of(cut(root.asText("")));
        }
        ErrorBody said = inside(root, levels);
        if (said.message.isBlank()) {
            said = said.withMessage(message(root, levels));
        }
        if (said.message.isBlank()) {
            said = enveloped(root, levels).orElse(said);
        }
        return said.completedBy(root).withMessage(cut(said.message));
    }

    /** The same with what an object says beside its message, where that is not known. */
    private ErrorBody completedBy(JsonNode object) {
        return new ErrorBody(
                message,
                code.isMissingNode() ? code(object) : code,
                type.isMissingNode() ? LooseMembers.find(object, "type") : type,
                requestId.or(() -> Optional.ofNullable(
                        LooseMembers.find(object, "requestid").textValue())),
                retryDelay);
    }

    /** What is said in the place for errors; nothing where there is no such place. */
    private static ErrorBody inside(JsonNode root, int levels) {
        JsonNode error = LooseMembers.find(root, "error", "fault");
        if (error.isObject()) {
            ErrorBody said = object(error, levels);
            return new ErrorBody(
                    withRaw(said.message, error, levels),
                    said.code,
                    said.type,
                    said.requestId,
                    RetryAfter.inDetails(error).or(said::retryDelay));
        }
        if (error.isTextual() || (error.isArray() && !error.isEmpty())) {
            return of(withRest(text(error, levels), root, levels));
        }
        JsonNode base = root.path("base_resp");
        int minimax = base.path("status_code").asInt(0);
        if (minimax == 0) {
            return of("");
        }
        JsonNode none = MissingNode.getInstance();
        JsonNode code = IntNode.valueOf(ErrorKinds.minimax(minimax));
        return new ErrorBody(text(base.path("status_msg"), levels), code, none, Optional.empty(), Optional.empty());
    }

    /** One that has no words of its own may have another in it. */
    private static ErrorBody object(JsonNode error, int levels) {
        String message = message(error, levels);
        return message.isBlank() ? of(error, levels - 1) : of(message).completedBy(error);
    }

    private static Optional<ErrorBody> enveloped(JsonNode root, int levels) {
        return ENVELOPES.stream()
                .map(name -> LooseMembers.find(root, name))
                .filter(envelope -> !LooseMembers.find(envelope, "error").isMissingNode())
                .map(envelope -> of(envelope, levels - 1))
                .findFirst();
    }

    /** The element of a list that tells of an error: those before it may be pieces of an answer. */
    private static JsonNode speaking(JsonNode list) {
        for (JsonNode element : list) {
            if (element.hasNonNull("error")) {
                return element;
            }
        }
        return list.path(0);
    }

    private static JsonNode code(JsonNode value) {
        for (String member : CODES) {
            JsonNode code = LooseMembers.find(value, member);
            if (code.isValueNode() && !code.isNull()) {
                return code;
            }
        }
        return MissingNode.getInstance();
    }

    /** What stands beside the text of an error: Spring's message and path say more than its "Not Found". */
    private static String withRest(String error, JsonNode root, int levels) {
        String rest = RESTS.stream()
                .map(member -> text(LooseMembers.find(root, member), levels))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
        String path = root.path("path").asText("");
        boolean more = !rest.isEmpty() && !error.contains(rest) && !rest.equals("No message available");
        return error + (more ? ": " + rest : "") + (path.isEmpty() ? "" : " (" + path + ")");
    }

    /** Where the own message of OpenRouter or of Vercel's gateway says little, what the routed provider said is beside it. */
    private static String withRaw(String message, JsonNode error, int levels) {
        JsonNode raw = error.path("metadata").path("raw");
        String rawText = raw.isContainerNode() ? Json.text(raw) : spoken(raw.asText(""), levels);
        if (rawText.isBlank() && levels > 0) {
            rawText = message(error.path("value"), levels - 1);
        }
        if (rawText.isBlank() || message.contains(rawText)) {
            return message;
        }
        return message.isEmpty() ? rawText : message + ": " + rawText;
    }

    /** What an object says of itself; empty if nothing. */
    private static String message(JsonNode value, int levels) {
        for (String member : MESSAGES) {
            JsonNode said = LooseMembers.find(value, member);
            String message = member.equals("errors") && said.isObject() ? named(said, levels) : text(said, levels);
            if (!message.isBlank()) {
                return message;
            }
        }
        return "";
    }

    private static String text(JsonNode message, int levels) {
        if (message.isTextual()) {
            return spoken(message.textValue(), levels);
        }
        if (message.isArray()) {
            List<String> lines = new ArrayList<>();
            message.forEach(item -> lines.add(item.isTextual() ? item.textValue() : complaint(item, levels)));
            return String.join("; ", lines);
        }
        if (!message.isObject()) {
            return "";
        }
        String inner = levels == 0 ? "" : of(message, levels - 1).message;
        return inner.isBlank() ? Json.text(message) : inner;
    }

    /** A gateway may give the whole error of the one behind it as its own message. */
    private static String spoken(String text, int levels) {
        String start = text.stripLeading();
        if (levels == 0 || !(start.startsWith("{") || start.startsWith("["))) {
            return text;
        }
        String inner =
                Json.tryParse(text).map(json -> of(json, levels - 1).message).orElse("");
        return inner.isBlank() ? text : inner;
    }

    /** One entry of a list of complaints, as FastAPI, GraphQL and zod write it: where, and what. */
    private static String complaint(JsonNode item, int levels) {
        String what = levels == 0 ? "" : of(item, levels - 1).message;
        if (what.isBlank()) {
            return Json.text(item);
        }
        List<String> path = new ArrayList<>();
        item.path(item.has("loc") ? "loc" : "path").forEach(step -> path.add(step.asText()));
        return path.isEmpty() ? what : String.join(".", path) + ": " + what;
    }

    /** Complaints by the name of what they are about, as ASP.NET writes them. */
    private static String named(JsonNode complaints, int levels) {
        List<String> lines = new ArrayList<>();
        complaints.properties().forEach(entry -> lines.add(entry.getKey() + ": " + text(entry.getValue(), levels)));
        return String.join("; ", lines);
    }

    private static String cut(String message) {
        return ErrorText.begin(message, LONGEST_MESSAGE);
    }
}
