package dev.patchbay.integration.inputs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Exchange;
import dev.patchbay.testkit.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An answer from a public bug report, and what is right to make of it. */
record BugInput(JsonNode json) implements Answer {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static List<BugInput> all() throws IOException {
        try (InputStream file = BugInput.class.getResourceAsStream("/bug-inputs.json")) {
            List<BugInput> all = new ArrayList<>();
            MAPPER.readTree(file).forEach(input -> all.add(new BugInput(input)));
            return all;
        }
    }

    String name() {
        return json.path("name").asText();
    }

    String dialect() {
        return json.path("dialect").asText();
    }

    /** What a provider's file says of such a provider; with a comma before it. */
    String settings() {
        return json.has("settings") ? ", " + json.path("settings").asText() : "";
    }

    boolean streamed() {
        return json.path("stream").asBoolean();
    }

    boolean offersTools() {
        return json.path("tools").asBoolean();
    }

    @Override
    public void send(Exchange exchange) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(json.path("status").asInt(200))
                .append(" X\r\nTransfer-Encoding: chunked\r\n");
        for (Map.Entry<String, JsonNode> header : json.path("headers").properties()) {
            head.append(header.getKey())
                    .append(": ")
                    .append(header.getValue().asText())
                    .append("\r\n");
        }
        byte[] body = body();
        head.append("\r\n").append(Integer.toHexString(body.length)).append("\r\n");
        exchange.write(head.toString().getBytes(ISO_8859_1));
        exchange.write(body);
        exchange.write("\r\n".getBytes(ISO_8859_1));
        switch (json.path("end").asText()) {
            case "hold" -> exchange.hold(Gate.closed());
            case "reset" -> exchange.reset();
            default -> exchange.write("0\r\n\r\n".getBytes(ISO_8859_1));
        }
    }

    private byte[] body() {
        if (json.has("base64")) {
            return Base64.getDecoder().decode(json.path("base64").asText());
        }
        String body = json.path("body").asText();
        JsonNode repeated = json.path("repeat");
        return (repeated.isArray()
                        ? body.replace(
                                "@REPEAT@",
                                repeated.get(0).asText().repeat(repeated.get(1).asInt()))
                        : body)
                .getBytes(UTF_8);
    }

    /** What is wrong with what a chat model made of it; empty if nothing is. */
    String wrong(Outcome outcome) throws IOException {
        JsonNode right = json.path("right");
        if (outcome.seconds() > right.path("within").asInt(60)) {
            return "took " + outcome.seconds() + " s";
        }
        if (outcome.error() != null) {
            boolean meant = right.has("error")
                    || (right.has("orError")
                            && outcome.words().contains(right.path("orError").asText()));
            return meant ? wrongError(right, outcome) : "failed: " + brief(outcome.words());
        }
        if (right.has("error")) {
            return "no error; text " + brief(outcome.text());
        }
        return wrongAnswer(right, outcome);
    }

    private static String wrongError(JsonNode right, Outcome outcome) {
        for (JsonNode words : right.path("error")) {
            if (!outcome.words().contains(words.asText())) {
                return "error without \"" + words.asText() + "\": " + brief(outcome.words());
            }
        }
        if (right.has("not") && outcome.words().contains(right.path("not").asText())) {
            return "error with " + right.path("not").asText() + ": " + brief(outcome.words());
        }
        // What the frameworks' own exceptions cannot say is asked of ours alone.
        String kind = outcome.kind();
        if (!kind.isEmpty()
                && right.has("kind")
                && !kind.equals(right.path("kind").asText())) {
            return "error of kind " + kind;
        }
        return !kind.isEmpty() && kind.equals(right.path("notKind").asText("none")) ? "error of kind " + kind : "";
    }

    private static String wrongAnswer(JsonNode right, Outcome outcome) throws IOException {
        if (right.has("text") && !outcome.text().equals(right.path("text").asText())) {
            return "text " + brief(outcome.text());
        }
        if (right.has("characters")
                && outcome.text().length() != right.path("characters").asInt()) {
            return outcome.text().length() + " characters";
        }
        if (right.has("thinking")
                && !outcome.thinking().strip().equals(right.path("thinking").asText())) {
            return "thinking " + brief(outcome.thinking());
        }
        if (right.has("finish") && !outcome.finish().equals(right.path("finish").asText())) {
            return "finish reason " + outcome.finish();
        }
        List<JsonNode> calls = new ArrayList<>();
        for (Outcome.Call call : outcome.calls()) {
            calls.add(MAPPER.createArrayNode().add(call.name()).add(parsed(call.arguments())));
        }
        if (right.has("calls") && !MAPPER.valueToTree(calls).equals(right.path("calls"))) {
            return "calls " + brief(calls.toString());
        }
        boolean each = calls.stream().allMatch(call -> call.equals(right.path("eachCall")));
        return right.has("eachCall") && (calls.isEmpty() || !each) ? "calls " + brief(calls.toString()) : "";
    }

    private static JsonNode parsed(String arguments) {
        try {
            return MAPPER.readTree(arguments);
        } catch (IOException notJson) {
            return MAPPER.getNodeFactory().textNode(arguments);
        }
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 90 ? line.substring(0, 90) + "…" : line;
    }
}
