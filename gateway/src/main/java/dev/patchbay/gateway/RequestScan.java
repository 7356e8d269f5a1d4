package dev.patchbay.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.patchbay.codec.Bodies;
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
    private static final Pattern TOOL_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final byte[] body;
    private final ThinkingTrace thinking = new ThinkingTrace();
    private String model = "";
    private int modelStart = -1;
    private int modelEnd = -1;
    private int models;
    private boolean stream;
    private boolean inMessages;
    private boolean suspicious;

    private RequestScan(byte[] body) {
        this.body = body;
    }

    /**
     * Reads a body.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST with status 400 if it is not a JSON object
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

    /** The body with another model, everything else byte for byte as it was. */
    byte[] withModel(String name) {
        if (name.equals(model)) {
            return body;
        }
        byte[] quoted = Quoted.utf8(name);
        byte[] changed = new byte[modelStart + quoted.length + body.length - modelEnd];
        System.arraycopy(body, 0, changed, 0, modelStart);
        System.arraycopy(quoted, 0, changed, modelStart, quoted.length);
        System.arraycopy(body, modelEnd, changed, modelStart + quoted.length, body.length - modelEnd);
        return changed;
    }

    private void members(JsonParser parser) throws IOException {
        int depth = 1;
        for (JsonToken token = parser.nextToken(); depth > 0; token = parser.nextToken()) {
            if (token == null) {
                throw new IOException("it ends too early");
            }
            if (token.isStructStart()) {
                depth++;
                thinking.begin();
            } else if (token.isStructEnd()) {
                depth--;
                thinking.end();
                if (depth == 0) {
                    return;
                }
            } else if (token.isScalarValue()) {
                value(parser, token, depth);
            } else if (depth == 1) {
                inMessages = parser.currentName().equals("messages");
            }
        }
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
        }
    }

    private void top(JsonParser parser, JsonToken token, String name) throws IOException {
        if (name.equals("stream")) {
            stream = token == JsonToken.VALUE_TRUE;
        } else if (name.equals("model")) {
            models++;
            if (token == JsonToken.VALUE_STRING) {
                modelStart = (int) parser.currentTokenLocation().getByteOffset();
                model = parser.getText();
                modelEnd = (int) parser.currentLocation().getByteOffset();
            }
        }
    }

    private void history(JsonParser parser, String name) throws IOException {
        switch (name) {
            case "type" -> thinking.type(parser.getText());
            case "signature" -> thinking.signature(parser.getText());
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
