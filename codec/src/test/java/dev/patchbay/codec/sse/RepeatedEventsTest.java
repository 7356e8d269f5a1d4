package dev.patchbay.codec.sse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is taken again is what reading it whole gives. */
final class RepeatedEventsTest {

    private static final String BEFORE = "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":";
    private static final String BEHIND = "},\"finish_reason\":null}]}";

    private final RepeatedEvents events = new RepeatedEvents();

    private static String chunk(String text) {
        return BEFORE + text + BEHIND;
    }

    private Optional<JsonNode> read(String event) {
        byte[] data = event.getBytes(UTF_8);
        return events.parse(data, data.length);
    }

    @Test
    void theTreeOfOneLikeItIsTakenAgain() {
        JsonNode first = read(chunk("\"Hel\"")).orElseThrow();
        JsonNode second = read(chunk("\"lo \\\"\\u00e9\\\" \u20ac\"")).orElseThrow();

        assertThat(second).isSameAs(first);
        assertThat(second.findValue("content").textValue()).isEqualTo("lo \"\u00e9\" \u20ac");
    }

    /** As providers send them that count with each chunk, or lengthen each by chance. */
    private static String counted(String count, String arguments, String filler) {
        return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                + arguments + "}}]}}],\"usage\":{\"completion_tokens\":" + count + "} , \"obfuscation\" : " + filler
                + "}";
    }

    @Test
    void severalTextsAndCountsMayBeOthers() {
        JsonNode first = read(counted("0", "\"\"", "\"a7\"")).orElseThrow();

        for (String event : List.of(
                counted("1", "\"{\\\"a\\\":\"", "\"Zx3\""),
                counted("12", "\"\\\\\\/\\b\\f\\n\\r\\t\\u20aC\\ud83d\"", "\"\""),
                counted("999999999", "\"\u20ac\"", "\"a7\""),
                counted("0", "\"\"", "\"a7\""))) {
            Optional<JsonNode> again = read(event);

            assertThat(again).isEqualTo(whole(event.getBytes(UTF_8)));
            assertThat(again.orElseThrow()).as(event).isSameAs(first);
        }
    }

    @Test
    void aCountThatIsNoneIsReadWhole() {
        for (String number : List.of(
                "-1", "1.5", "1e3", "1234567890", "99999999999", "null", "true", "\"1\"", "01", "", "[1]", "1 1")) {
            String like = counted(number, "\"x\"", "\"y\"");
            read(counted("1", "\"before\"", "\"\""));
            read(counted("2", "\"before\"", "\"\""));
            assertThat(read(like)).as(like).isEqualTo(whole(like.getBytes(UTF_8)));
            assertThat(read(like)).as(like + ", again").isEqualTo(whole(like.getBytes(UTF_8)));
            String behind = counted("3", "\"behind\"", "\"\"");
            assertThat(read(behind)).as("behind " + like).isEqualTo(whole(behind.getBytes(UTF_8)));
        }
    }

    /** Such as the first guess of a classifier; what does not change holds nobody up. */
    @Test
    void aNumberBelowZeroHasToBeAsItWas() {
        String event = "{\"id\":\"c\",\"rank\":-5,\"delta\":\"%s\"}";
        JsonNode first = read(event.formatted("a")).orElseThrow();
        assertThat(read(event.formatted("b")).orElseThrow()).isSameAs(first);
        for (String number : List.of("-6", "5", "-5.0", "--5")) {
            String other = event.formatted("c").replace("-5", number);
            assertThat(read(other)).as(number).isEqualTo(whole(other.getBytes(UTF_8)));
            read(event.formatted("d"));
        }
    }

    @Test
    void namesThatAreWrittenWithEscapesAreNotTakenForOthers() {
        for (String event : List.of(
                "{\"\\\\n\":\"%s\",\"\\n\":\"b\"}",
                "{\"\\n\":\"b\",\"\\\\n\":\"%s\"}", "{\"a\":{\"b\":\"%s\"},\"a\":{\"b\":\"c\"}}")) {
            for (String text : List.of("x", "y", "z")) {
                String said = event.replace("%s", text);
                assertThat(read(said)).as(said).isEqualTo(whole(said.getBytes(UTF_8)));
            }
        }
    }

    @Test
    void whatOnlyLooksLikeItIsReadWhole() {
        for (String like : List.of(
                chunk("null"),
                chunk("\"x\",\"role\":\"assistant\""),
                chunk("\"x\",\"content\":\"y\""),
                chunk("\"a\tb\""),
                chunk("\"a\\qb\""),
                chunk("\"a\\\""),
                chunk("\"\\\",\""),
                chunk("\"x\"") + "x",
                chunk("\"x\"").replace("null", "\"stop\""),
                chunk("\"x\"").replace("\"c\"", "\"d\""),
                chunk("\"x\"").replace("\"c\"", "NaN"),
                "{\"content\":\"x\",\"type\":\"content\"}",
                "{\"type\":\"content\",\"cont\\u0065nt\":\"x\"}",
                "{\"content\":\"x\",\"cont\\u0065nt\":\"y\"}",
                "{\"content\":\"x\"}",
                "[\"content\"]",
                "\"content\"",
                "{\"content\"",
                "")) {
            read(chunk("\"before\""));
            assertThat(read(like)).as(like).isEqualTo(whole(like.getBytes(UTF_8)));
            assertThat(read(like)).as(like + ", again").isEqualTo(whole(like.getBytes(UTF_8)));
            assertThat(read(chunk("\"behind\"")))
                    .as("behind " + like)
                    .isEqualTo(whole(chunk("\"behind\"").getBytes(UTF_8)));
        }
    }

    @Test
    void bytesThatAreNotUtf8AreReadAsEver() {
        byte[] broken = chunk("\"\u00ff\"").getBytes(ISO_8859_1);
        read(chunk("\"before\""));

        assertThat(events.parse(broken, broken.length)).isEqualTo(whole(broken)).isPresent();
    }

    @Test
    void whateverComesInWhateverOrderIsReadAsWhole() {
        Random random = new Random(22);
        List<String> pieces = List.of(
                "\"", "\\", "a", "content", "\"content\":", ",", "{", "}", "\u00e9", "\n", " ", "u0041", "0", "12");
        List<String> seen = new ArrayList<>(List.of(chunk("\"x\""), counted("7", "\"x\"", "\"y\"")));
        for (int i = 0; i < 20_000; i++) {
            String base = seen.get(random.nextInt(seen.size()));
            int at = random.nextInt(base.length());
            String changed = random.nextBoolean()
                    ? chunk("\"" + pieces.get(random.nextInt(pieces.size())) + pieces.get(random.nextInt(pieces.size()))
                            + "\"")
                    : base.substring(0, at)
                            + pieces.get(random.nextInt(pieces.size()))
                            + base.substring(at + random.nextInt(2));
            byte[] data = changed.getBytes(UTF_8);
            assertThat(events.parse(data, data.length)).as(changed).isEqualTo(whole(data));
            if (seen.size() < 50 && whole(data).isPresent()) {
                seen.add(changed);
            }
            // Not so many in a row that none of them is expected any more.
            String usual = random.nextBoolean() ? chunk("\"" + i + "\"") : counted("" + i, "\"" + i + "\"", "\"z\"");
            read(usual);
            read(usual);
        }
    }

    private static Optional<JsonNode> whole(byte[] data) {
        return SseData.parse(data, data.length);
    }
}
