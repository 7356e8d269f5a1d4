package dev.patchbay.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[true,null,\"x\\n\"]}",
                "[1.10,100.0,1E+400,12345678901234567890123,0.1234567890123456789]",
                "\"\\\"🚀\"",
                "-0"
            })
    void writesWhatItRead(String text) {
        assertThat(Json.text(Json.parse(text))).isEqualTo(text.equals("-0") ? "0" : text);
        assertThat(Json.text(JsonValues.toNode(JsonValues.toJdk(Json.parse(text)))))
                .isEqualTo(text.equals("-0") ? "0" : text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}{}", "{'a':1}", "[1,]", "NaN", "{\"a\":1} x", "tru"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("line 1");
        assertThat(Json.tryParse(text)).isEmpty();
        assertThat(Json.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":sk-canary-0123456789}",
                "{\"a\":gsk_canary0123456789}",
                "{\"a\":canary0123456789}",
                "{canary0123456789:1}",
                "{\"a\":\"b\" canary0123456789}",
                "{\"a\":1canary0123456789}",
                "{\"a\":\"\\canary0123456789\"}",
                "{}canary0123456789"
            })
    void saysWhereTheTextIsWrongAndRepeatsNothingOfIt(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .hasMessageMatching("not JSON: (it ends too early|something is wrong) at line 1, column \\d+")
                .hasNoCause();
    }

    @Test
    void saysThatATextIsNestedTooDeeply() {
        assertThatThrownBy(() -> Json.parse("[".repeat(600)))
                .hasMessageStartingWith(
                        "not JSON: it is nested deeper than 500 levels, or a number or a name is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1e99999999999]", "[1e999999999]", "[1E2147483648]", "[-1.5e-999999999]", "[1e10000]"})
    void refusesAnExponentThatNobodyCanSpellOut(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage("not JSON: a number is out of range");
        assertThat(Json.tryParse(text)).isEmpty();
    }

    @Test
    void tellsValidTextsWithoutATree() {
        assertThat(Json.isValid(" {\"a\":[1,{\"b\":\"c\"}]} \n")).isTrue();
        assertThat(Json.isValid("\"text\"")).isTrue();
        assertThat(Json.isValid(" ")).isFalse();
        assertThat(Json.isValid("\"open")).isFalse();
        assertThat(Json.tryParse("")).isEmpty();
    }

    @Test
    void readsTextsOfAnyLengthButNotOfAnyDepth() {
        String text = "x".repeat(25_000_000);

        assertThat(Json.parse("\"" + text + "\"").textValue()).hasSize(text.length());
        assertThat(Json.tryParse("[".repeat(600) + "]".repeat(600))).isEmpty();
        assertThat(Json.tryParse("[".repeat(400) + "]".repeat(400))).isPresent();
    }

    @Test
    void writesHalfASurrogatePairAsAQuestionMark() {
        byte[] bytes = Json.bytes(Json.object().put("a", "\ud83d"));

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"?\"}");
    }

    @Test
    void convertsJdkValuesOfEveryKind() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("list", Arrays.asList((short) 1, 2L, 0.5f, 3.0, Double.NaN, new BigDecimal("1.50"), null));
        map.put("text", new StringBuilder("s"));

        ObjectNode node = JsonValues.toObject(map);

        assertThat(Json.text(node)).isEqualTo("{\"list\":[1,2,0.5,3,null,1.50,null],\"text\":\"s\"}");
    }

    @Test
    void refusesOtherJavaObjects() {
        assertThatThrownBy(() -> JsonValues.toNode(List.of(new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a JSON value: java.lang.Object");
    }

    @Test
    void givesUnmodifiableMapsInMemberOrder() {
        JsonNode node = Json.parse("{\"z\":1,\"a\":null}");

        Map<String, @Nullable Object> map = JsonValues.toMap((ObjectNode) node);

        assertThat(map).containsExactly(Map.entry("z", 1), new SimpleEntry<>("a", null));
        assertThatThrownBy(() -> map.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
    }
}
