package dev.patchbay.codec.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S1. */
class SseParserTest {

    private final List<String> events = new ArrayList<>();
    private final SseParser parser = new SseParser(
            (name, data, length) -> events.add(name + "|" + new String(data, 0, length, StandardCharsets.UTF_8)));

    @Test
    void givesNamesAndDataAndSkipsTheRest() {
        feed(
                ": hello\n\nid: 7\nretry: 10\nevent: error\ndata:{}\n\ndata:  two spaces\n\nother: x\nnocolon\ndata: b\n\n");

        assertThat(events).containsExactly("error|{}", "| two spaces", "|b");
    }

    @Test
    void joinsDataLinesOfOneEvent() {
        feed("data: a\ndata:\ndata: b\r\n\r\n");

        assertThat(events).containsExactly("|a\n\nb");
    }

    @Test
    void givesNoEventWithoutData() {
        feed("event: ping\n\ndata:\n\ndata: x\n\n");

        assertThat(events).containsExactly("|x");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void readsCodePointsAndLineEndsAcrossReads(int size) {
        byte[] bytes = "\uFEFFdata: naïve 🚀\r\n\r\ndata: {\r\ndata: }\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            parser.feed(bytes, at, Math.min(size, bytes.length - at));
        }

        assertThat(events).containsExactly("|naïve 🚀", "|{\n}");
    }

    @Test
    void readsLinesOfAnyLength() {
        String text = "x".repeat(3_000_000);
        feed("data: " + text.substring(0, 1_000_000));
        feed(text.substring(1_000_000) + "\n\n");

        assertThat(events).containsExactly("|" + text);
    }

    @Test
    void givesAnUnfinishedEventAtACleanEndOnly() {
        feed("data: a\n\ndata: b");
        parser.end(true);

        assertThat(events).containsExactly("|a", "|b");
    }

    @Test
    void dropsAnUnfinishedEventWhenTheConnectionBreaks() {
        feed("data: a\n\ndata: b\n");
        parser.end(false);

        assertThat(events).containsExactly("|a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void endsLinesAtCarriageReturnsToo(int size) {
        byte[] bytes = "event: e\rdata: 1\r\rdata: 2\r\n\r\ndata: 3\n\r".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            parser.feed(bytes, at, Math.min(size, bytes.length - at));
        }

        assertThat(events).containsExactly("e|1", "|2", "|3");
    }

    @Test
    void givesTheMarkerOfTheEndWithoutWaitingForABlankLine() {
        feed("data: {\"a\":1}\ndata: [DONE]\n");

        assertThat(events).containsExactly("|{\"a\":1}", "|[DONE]");
    }

    @Test
    void takesWholeValuesOfOneEventForEventsOfTheirOwn() {
        feed("event: x\ndata: {\"a\":\"}\"}\nevent: y\ndata: {\"b\":[1]}\ndata: {\ndata: }\n\ndata: a\ndata: b\n\n");

        assertThat(events).containsExactly("x|{\"a\":\"}\"}", "y|{\"b\":[1]}", "|{\n}", "|a\nb");
    }

    @Test
    void takesLinesOneByOne() {
        parser.line("event: e\r");
        parser.line("data: 1");
        parser.line("");

        assertThat(events).containsExactly("e|1");
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
    }
}
