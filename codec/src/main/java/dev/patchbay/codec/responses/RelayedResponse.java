package dev.patchbay.codec.responses;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stream that was passed on said of its response, so that its failure can be told as part of it (dialects.md, P5).
 *
 * @param nextNumber the {@code sequence_number} of what follows
 */
record RelayedResponse(String id, long createdAt, String model, int nextNumber) {

    /** A text that speaks of the member is none: in it, quotes are escaped. */
    private static final Pattern NUMBER = Pattern.compile("\"sequence_number\"\\s*:\\s*(\\d{1,9})\\b");

    private static final Pattern DATA = Pattern.compile("(?m)^data:(.*)");

    /**
     * Reads what is there; either part may be cut.
     *
     * @param begin how the stream began
     * @param end its last events
     * @param asked the model, where the stream does not name it
     */
    static RelayedResponse read(String begin, String end, String asked) {
        Matcher data = DATA.matcher(begin);
        RelayedResponse unknown =
                new RelayedResponse(FreshIds.fresh("resp_"), Instant.now().getEpochSecond(), asked, 1);
        RelayedResponse known = data.find() ? unknown.with(data.group(1)) : unknown;
        int last = 0;
        for (String part : new String[] {begin, end}) {
            for (Matcher number = NUMBER.matcher(part); number.find(); ) {
                last = Integer.parseInt(number.group(1));
            }
        }
        return new RelayedResponse(known.id, known.createdAt, known.model, last + 1);
    }

    private RelayedResponse with(String event) {
        String foundId = id;
        long foundTime = createdAt;
        String foundModel = model;
        try (JsonParser parser = Json.parser(event)) {
            boolean inside = false;
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!inside && name.equals("response") && value == JsonToken.START_OBJECT) {
                    inside = true;
                } else if (inside && name.equals("id") && value == JsonToken.VALUE_STRING) {
                    foundId = parser.getText();
                } else if (inside && name.equals("model") && value == JsonToken.VALUE_STRING) {
                    foundModel = parser.getText();
                } else if (inside && name.equals("created_at") && value == JsonToken.VALUE_NUMBER_INT) {
                    foundTime = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException cut) {
            // What was kept of the event ends here.
            return new RelayedResponse(foundId, foundTime, foundModel, nextNumber);
        }
        return new RelayedResponse(foundId, foundTime, foundModel, nextNumber);
    }
}
