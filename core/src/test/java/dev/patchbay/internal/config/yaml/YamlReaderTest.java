package dev.patchbay.internal.config.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Layer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-10-21",
                "no",
                "on",
                "010",
                "1.20",
                "12:30",
                "0x1F",
                "1e3",
                "1_000",
                ".inf",
                "true",
                "Null",
                "=",
                "2001-12-14t21:59:43.10-05:00"
            })
    void givesValuesByteForByte(String value) {
        assertThat(text(scalar(read("a: " + value), "a"))).isEqualTo(value);
        assertThat(scalar(read("a: " + value), "a").isNull()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:", "a: ~", "a: null", "a: # nothing"})
    void knowsNullInItsPlainForms(String yaml) {
        assertThat(scalar(read(yaml), "a").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: ''", "a: \"null\"", "a: '~'", "a: |\n  null"})
    void takesNothingQuotedForNull(String yaml) {
        assertThat(scalar(read(yaml), "a").isNull()).isFalse();
    }

    @Test
    void countsLinesAndColumnsFromOneInCharacters() {
        MapNode root = root(read("\uFEFFa: 1\r\n名前: \"𝒳y\"  # 𝒳\r\n\"𝒳𝒳\": [é, {b: c}]\r\n"));
        assertThat(root.entries().get(1).value().location()).hasToString("test.yaml:2:5");
        ListNode list = (ListNode) root.entries().get(2).value();
        assertThat(list.location()).hasToString("test.yaml:3:7");
        assertThat(((MapNode) list.items().get(1)).get("b").orElseThrow().location())
                .hasToString("test.yaml:3:15");
    }

    @Test
    void sharesWhatAnAliasNames() {
        MapNode root = root(read("a: &x {k: v}\nb: *x\nc: &y text\nd: *y"));
        assertThat(root.get("b").orElseThrow()).isSameAs(root.get("a").orElseThrow());
        assertThat(text((ScalarNode) root.get("d").orElseThrow())).isEqualTo("text");
    }

    @Test
    void refusesAFileOfTenMegabytes() {
        byte[] large = new byte[10 << 20];
        Arrays.fill(large, (byte) 'a');
        assertThat(only(YamlReader.read("test.yaml", Layer.USER, null, large)).code())
                .isEqualTo(Code.FILE_TOO_LARGE);
    }

    @Test
    void refusesAnAliasBombBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        assertThat(only(read(bomb.toString())).code()).isEqualTo(Code.TOO_MANY_ALIASES);
    }

    @Test
    void countsTheDepthOfWhatAnAliasNames() {
        String deep = "a: &a " + "[".repeat(12) + "]".repeat(12) + "\nb: " + "[".repeat(12) + "*a" + "]".repeat(12);
        assertThat(only(read(deep)).code()).isEqualTo(Code.TOO_DEEP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void refusesADepthBombQuickly(String opening) {
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(only(read("a: " + opening.repeat(100_000))).code())
                        .isIn(Code.TOO_DEEP, Code.YAML_SYNTAX));
    }

    @Test
    void refusesAnAnchorThatHoldsItself() {
        assertThat(only(read("a: &a [*a]")).code()).isEqualTo(Code.UNKNOWN_ANCHOR);
    }

    @Test
    void reportsEveryDuplicateKeyWithBothPlaces() {
        YamlFile file = read("a: 1\nb: {c: 1, c: 2}\na: 2\n");
        assertThat(file.problems()).extracting(Diagnostic::code).containsOnly(Code.DUPLICATE_KEY);
        assertThat(file.problems()).hasSize(2);
        Diagnostic second = file.problems().get(1);
        assertThat(second.location()).hasToString("test.yaml:3:1");
        assertThat(second.related().get(0).location()).hasToString("test.yaml:1:1");
    }

    @Test
    void stopsAfterManyMistakes() {
        assertThat(read("a: 1\n".repeat(10_000)).problems()).hasSize(50);
    }

    @Test
    void pointsAtABrokenByte() {
        byte[] broken = "a: 1\n\u00e9b: x".getBytes(UTF_8);
        broken[broken.length - 1] = (byte) 0xC3;
        Diagnostic problem = only(YamlReader.read("test.yaml", Layer.USER, null, broken));
        assertThat(problem.location()).hasToString("test.yaml:2:5");
        assertThat(problem.message()).contains("0xc3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"})
    void countsEveryLineEndOfYamlInEveryMessage(String lineEnd) {
        String before = "a: 1" + lineEnd + "b: 2" + lineEnd;
        assertThat(only(read(before + "c: \u0001")).location()).hasToString("test.yaml:3:4");
        assertThat(only(read(before + "c: {" + lineEnd)).location()).hasToString("test.yaml:3:5");
        byte[] broken = (before + "c: x").getBytes(UTF_8);
        broken[broken.length - 1] = (byte) 0xC3;
        assertThat(only(YamlReader.read("test.yaml", Layer.USER, null, broken)).location())
                .hasToString("test.yaml:3:4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:\n  b\r", "a:\n  b\r\r", "a:\n  b\n"})
    void pointsBehindTheLastWordWhenTheFileEndsTooSoon(String yaml) {
        assertThat(only(read("x: {" + yaml)).location()).hasToString("test.yaml:2:4");
    }

    @Test
    void reportsAKeyBehindABraceThatCameOutOfItsIndentation() {
        Diagnostic problem = only(read("  a: b\n  c: {d: e\nf}g: h\n"));
        assertThat(problem.code()).isEqualTo(Code.YAML_SYNTAX);
        assertThat(problem.location()).hasToString("test.yaml:3:3");
    }

    @Test
    void acceptsTheReplacementCharacterItself() {
        assertThat(text(scalar(read("a: \uFFFD"), "a"))).isEqualTo("\uFFFD");
    }

    @Test
    void quotesNothingOfALineThatHoldsAKey() {
        String rendered =
                only(read("providers:\n  a:\n    apiKey: sk-canary-0123: 45\n")).toString();
        assertThat(rendered).doesNotContain("canary");
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        Random random = new Random(7);
        String alphabet = "ab:- \n\t{}[],&*!|>'\"%@`#?$<~\u0000\u0085é";
        for (int run = 0; run < 20_000; run++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            YamlFile file = read(text.toString());
            assertThat(file.root().isPresent() || !file.problems().isEmpty()).isTrue();
            file.problems().forEach(Diagnostic::toString);
        }
    }

    private static YamlFile read(String yaml) {
        return YamlReader.read("test.yaml", Layer.USER, null, yaml.getBytes(UTF_8));
    }

    private static MapNode root(YamlFile file) {
        assertThat(file.problems()).isEmpty();
        return file.root().orElseThrow();
    }

    private static ScalarNode scalar(YamlFile file, String key) {
        Node node = root(file).get(key).orElseThrow();
        return (ScalarNode) node;
    }

    private static String text(ScalarNode node) {
        return node.text().stripTrailing();
    }

    private static Diagnostic only(YamlFile file) {
        assertThat(file.problems()).hasSize(1);
        return file.problems().get(0);
    }
}
