package dev.patchbay.internal.gateway.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.OmittedImages;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a request that passes through, read in one pass and without a tree: its model and where that
 * stands, whether a stream is asked for, and whether its history may hold what another provider left (dialects.md, A2).
 */
final class RequestScan {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(500)
                    .build())
            .build();
    /** It stands in a header of every answer and in the log. */
    private static final int LONGEST_MODEL = 1_024;

    private static final Pattern TOOL_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final byte[] body;
    private final UnsignedThinking thinking = new UnsignedThinking();
    private String model = "";
    private int modelStart = -1;
    private int modelEnd = -1;
    private int models;
    private boolean stream;
    private boolean inMessages;
    private boolean suspicious;
    private boolean systemMessages;
    private boolean toolCalls;
    private boolean tools;
    private boolean streamOptions;
    private boolean inInput;
    private boolean images;
    private boolean emptyTools;
    private int choices = 1;

    private RequestScan(byte[] body) {
        this.body = body;
    }

    /**
     * Reads a body.
     *
     * @throws ProviderException of kind INVALID_REQUEST with status 400 if it is not a JSON object, or what it names as its
     *     model cannot be a name
     */
    static RequestScan of(byte[] body) {
        RequestScan scan = new RequestScan(body);
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Bodies.invalid("the request body must be a JSON object");
            }
            scan.members(parser);
            if (parser.nextToken() != null) {
                throw Bodies.invalid("the request body must be one JSON object and nothing behind it");
            }
        } catch (IOException notJson) {
            // Says where and what, and refuses what this pass might have let through.
            Bodies.request(body);
            throw Bodies.invalid("the request body is not JSON");
        }
        return scan;
    }

    /** As the client names it; empty if it does not. */
    String model() {
        return model;
    }

    boolean isStream() {
        return stream;
    }

    /** Whether the model can be replaced where it stands. */
    boolean hasOneModel() {
        return models == 1 && modelStart >= 0;
    }

    /** Whether the history may hold something that an Anthropic upstream would refuse. */
    boolean mayNeedCleaning() {
        return suspicious || thinking.foundUnsigned();
    }

    /** Whether a message is said by the system, be it first or in the middle. */
    boolean hasSystemMessages() {
        return systemMessages;
    }

    /** Whether a message of a chat request calls tools. */
    boolean hasToolCalls() {
        return toolCalls;
    }

    /** Whether the request brings tools. */
    boolean hasTools() {
        return tools;
    }

    /** Whether a list of tools or of calls has nothing in it. */
    boolean hasEmptyTools() {
        return emptyTools;
    }

    /** How many answers a chat request asks for. */
    int choices() {
        return choices;
    }

    /** Whether the conversation may hold an image. */
    boolean hasImages() {
        return images;
    }

    /** Whether a chat request says how it is to be streamed. */
    boolean hasStreamOptions() {
        return streamOptions;
    }

    /** The body with another model, everything else byte for byte as it was, but for halves of characters. */
    byte[] withModel(String name) {
        byte[] whole = HalfCharacters.replaced(body);
        if (name.equals(model)) {
            return whole;
        }
        byte[] quoted = quoted(name);
        byte[] changed = new byte[modelStart + quoted.length + whole.length - modelEnd];
        System.arraycopy(whole, 0, changed, 0, modelStart);
        System.arraycopy(quoted, 0, changed, modelStart, quoted.length);
        System.arraycopy(whole, modelEnd, changed, modelStart + quoted.length, whole.length - modelEnd);
        return changed;
    }

    private static byte[] quoted(String text) {
        byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] quoted = new byte[inner.length + 2];
        quoted[0] = '"';
        System.arraycopy(inner, 0, quoted, 1, inner.length);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }

    private void members(JsonParser parser) throws IOException {
        int depth = 1;
        JsonToken before = JsonToken.START_OBJECT;
        for (JsonToken token = parser.nextToken(); depth > 0; token = parser.nextToken()) {
            if (token == null) {
                throw new IOException("it ends too early");
            }
            if (token.isStructStart()) {
                if (depth == 1 && "model".equals(parser.currentName())) {
                    throw noName();
                }
                depth++;
                thinking.begin();
            } else if (token.isStructEnd()) {
                depth--;
                thinking.end();
                emptyTools |= token == JsonToken.END_ARRAY && before == JsonToken.START_ARRAY && namesTools(parser);
                if (depth == 0) {
                    return;
                }
            } else if (token.isScalarValue()) {
                value(parser, token, depth);
            } else if (depth == 1) {
                String name = parser.currentName();
                inMessages = name.equals("messages");
                inInput = name.equals("input");
                tools |= name.equals("tools");
                streamOptions |= name.equals("stream_options");
            }
            before = token;
        }
    }

    private static boolean namesTools(JsonParser parser) throws IOException {
        @Nullable String name = parser.currentName();
        return "tools".equals(name) || "tool_calls".equals(name);
    }

    private void value(JsonParser parser, JsonToken token, int depth) throws IOException {
        @Nullable String name = parser.currentName();
        if (name == null) {
            return;
        }
        if (depth == 1) {
            top(parser, token, name);
        } else if (inMessages && token == JsonToken.VALUE_STRING) {
            history(parser, name);
        } else if (inInput && token == JsonToken.VALUE_STRING && name.equals("type")) {
            images |= OmittedImages.isImage(parser.getText());
        }
    }

    private void top(JsonParser parser, JsonToken token, String name) throws IOException {
        if (name.equals("stream")) {
            stream = token == JsonToken.VALUE_TRUE;
        } else if (name.equals("n")) {
            choices = token == JsonToken.VALUE_NUMBER_INT ? Math.max(1, parser.getValueAsInt(1)) : 1;
        } else if (name.equals("model")) {
            models++;
            if (token == JsonToken.VALUE_STRING) {
                if (parser.getTextLength() > LONGEST_MODEL) {
                    throw Bodies.invalid("the name of a model has " + LONGEST_MODEL + " characters at most");
                }
                modelStart = (int) parser.currentTokenLocation().getByteOffset();
                model = parser.getText();
                if (hasHalfCharacter(model)) {
                    throw noName();
                }
                modelEnd = (int) parser.currentLocation().getByteOffset();
            } else if (token != JsonToken.VALUE_NULL) {
                throw noName();
            }
        }
    }

    /** Whether UTF-8 cannot write it. */
    private static boolean hasHalfCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Whoever names something must not get the default provider in its place. */
    private static ProviderException noName() {
        return Bodies.invalid("model has to be a text");
    }

    private void history(JsonParser parser, String name) throws IOException {
        switch (name) {
            case "type" -> {
                thinking.type(parser.getText());
                toolCalls |= parser.getText().equals("function");
                images |= OmittedImages.isImage(parser.getText());
            }
            case "signature" -> thinking.signature(parser.getText());
            case "role" ->
                systemMessages |=
                        parser.getText().equals("system") || parser.getText().equals("developer");
            case "text" -> suspicious |= mayBeBlank(parser) && parser.getText().isBlank();
            case "id", "tool_use_id" ->
                suspicious |= !TOOL_ID.matcher(parser.getText()).matches();
            default -> {}
        }
    }

    /** By its first byte: most texts need not be decoded. */
    private boolean mayBeBlank(JsonParser parser) {
        int first = (int) parser.currentTokenLocation().getByteOffset() + 1;
        return body[first] <= ' ' || body[first] == '"' || body[first] == '\\';
    }
}
