package dev.patchbay.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.SecretValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyRewriterTest {

    @Test
    void renamesThenDefaultsThenSetsThenDrops() {
        BodyRules rules = new BodyRules(
                Map.of("max_tokens", "limit"), Map.of("limit", 5, "seed", 7), Map.of("seed", 8), List.of("model"));

        assertThat(rewritten("{\"model\": \"m\", \"max_tokens\": 3}", rules)).isEqualTo("{\"limit\":3,\"seed\":8}");
    }

    @Test
    void followsDottedPaths() {
        BodyRules rules =
                new BodyRules(Map.of("a.b", "c.d.e"), Map.of("c.f", List.of("x")), Map.of("g.h", true), List.of("a"));

        assertThat(rewritten("{\"a\": {\"b\": 1}}", rules))
                .isEqualTo("{\"c\":{\"d\":{\"e\":1},\"f\":[\"x\"]},\"g\":{\"h\":true}}");
    }

    @Test
    void defaultsOnlyWhatIsAbsent() {
        BodyRules rules = new BodyRules(Map.of(), Map.of("a", 1, "b.c", 2), Map.of(), List.of());

        assertThat(rewritten("{\"a\": null, \"b\": \"text\"}", rules)).isEqualTo("{\"a\":null,\"b\":\"text\"}");
    }

    @Test
    void setsNullAndReplacesWhatIsInTheWay() {
        Map<String, Object> set = new LinkedHashMap<>();
        set.put("a", null);
        set.put("b.c", 2);
        BodyRules rules = new BodyRules(Map.of(), Map.of(), set, List.of());

        assertThat(rewritten("{\"b\": \"text\"}", rules)).isEqualTo("{\"b\":{\"c\":2},\"a\":null}");
    }

    @Test
    void leavesOutWhatIsNotThere() {
        BodyRules rules = new BodyRules(Map.of("a", "b.c"), Map.of(), Map.of(), List.of("d.e", "f"));

        assertThat(rewritten("{\"d\": 1}", rules)).isEqualTo("{\"d\":1}");
    }

    @Test
    void renamesIntoItself() {
        BodyRules rules = new BodyRules(Map.of("a", "a.b"), Map.of(), Map.of(), List.of());

        assertThat(rewritten("{\"a\": {\"x\": 1}}", rules)).isEqualTo("{\"a\":{\"b\":{\"x\":1}}}");
    }

    @Test
    void keepsAValueWhoseNewPlaceIsTaken() {
        BodyRules rules = new BodyRules(Map.of("a", "b.c"), Map.of(), Map.of(), List.of());

        assertThat(rewritten("{\"a\": 1, \"b\": 2}", rules)).isEqualTo("{\"b\":2,\"a\":1}");
    }

    private static String rewritten(String body, BodyRules rules) {
        ObjectNode node = (ObjectNode) Json.parse(body);
        BodyRewriter.apply(rules, node, SecretValue::resolve);
        return Json.text(node);
    }
}
