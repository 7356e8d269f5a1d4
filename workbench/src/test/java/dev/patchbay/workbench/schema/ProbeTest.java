package dev.patchbay.workbench.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Puts the same values into every place of a provider, and compares what decoder and schema say of each. */
@Tag("slow")
@Tag("once")
final class ProbeTest {

    private static final List<String> VALUES = List.of(
            "abc",
            "\"\"",
            "\"  \"",
            "null",
            "~",
            "\"null\"",
            "true",
            "\"false\"",
            "0",
            "7",
            "\"7\"",
            "131072",
            "2147483647",
            "2147483648",
            "\"2147483648\"",
            "-1",
            "0.59",
            "1e3",
            "\"1e3\"",
            "-0.5",
            "429",
            "\"503\"",
            "399",
            "network",
            "2024-10-21",
            "12:30",
            "1.20",
            "1_000",
            "none",
            "off",
            "5s",
            "0s",
            "15m",
            "5",
            "5 minutes",
            "1h30m",
            "https://api.value.example/v1",
            "http://10.0.0.1:8080",
            "HTTPS://[::1]:443/a%20b?x=1",
            "https://a_b/v1",
            "https://api.value.example:0/",
            "https://api.value.example:70000/",
            "https://user:word@api.value.example/",
            "https://api.value.example/?key=1",
            "\"https://api.value.example/v1#top\"",
            "https://api.value.example/$$x",
            "ftp://api.value.example",
            "/chat/completions",
            "/a b",
            "\"/a/{model}/b?c=d\"",
            "a.b.c",
            "a..b",
            ".a",
            "a.",
            "Host",
            "X-Name",
            "\"X Name\"",
            "ünï",
            "\"a\\nb\"",
            "\"{env: A}\"",
            "$A",
            "a${A}b",
            "\"${A:-b}\"",
            "\"${A:-${B:-${C:-${D:-e}}}}\"",
            "\"${A:-${B:-${C:-${D:-${E:-f}}}}}\"",
            "\"${A:?say $$ why}\"",
            "\"${A:?say $B}\"",
            "\"${A:=b}\"",
            "\"${1A}\"",
            "\"${A\"",
            "\"${}\"",
            "a$",
            "$1",
            "$$A",
            "$$$A",
            "$$$$",
            "\"${{ secrets.A }}\"",
            "${env:A}",
            "$ENV:A",
            "$$env:A",
            "$(id)",
            "os.environ/A",
            "os.environ/a",
            "env.A",
            "env.prod",
            "process.env.A",
            "op://vault/item/field",
            "\"%A%\"",
            "\"{env:A}\"",
            "[]",
            "[a]",
            "[a, a]",
            "[null]",
            "[[a]]",
            "[$A, b]",
            "{}",
            "{a: b}",
            "{a: null}",
            "{x-a: b}",
            "{a: [b, {c: null}]}",
            "{env: A}",
            "{env: $A}",
            "{env: A, file: b}",
            "{file: /a/b}",
            "{file: [a]}",
            "{command: [a, b], ttl: 5m}",
            "{command: []}",
            "{command: [a], ttl: 5}",
            "{vault: a/b}",
            "{env:A}",
            "{type: bearer, key: $A}",
            "{url: /a}",
            "openai-chat",
            "anthropic-messages",
            "allow",
            "deny");

    private static final Set<String> SECRETS_OF_PLUGINS = Set.of("{a: b}", "{x-a: b}", "{vault: a/b}", "{url: /a}");

    @Test
    void decoderAndSchemaAgreeOnEveryValueInEveryPlace() {
        List<String> disagreements = new ArrayList<>();
        int cases = 0;
        for (Probes.Place place : Probes.all()) {
            for (String value : VALUES) {
                String yaml = place.with(value);
                if (place.path().endsWith("<key>") && (value.startsWith("[") || value.startsWith("{"))) {
                    continue;
                }
                Set<Code> decoder = Judges.decoder(yaml);
                if (decoder.stream().anyMatch(Code::isSyntax) && !decoder.contains(Code.DUPLICATE_KEY)) {
                    continue;
                }
                cases++;
                List<String> schema = Judges.schema(yaml);
                boolean refused = !Expressible.of(decoder).isEmpty();
                if (refused == schema.isEmpty() && !isBeyondASchema(place.path(), value, decoder)) {
                    disagreements.add(place.path() + ": " + value + " decoder " + decoder + " schema " + schema);
                }
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(cases).isGreaterThan(10_000);
    }

    /** What decides is not in the file, or not in what an editor makes of it. */
    private static boolean isBeyondASchema(String path, String value, Set<Code> decoder) {
        Set<Code> known = Expressible.of(decoder);
        boolean defaultTaken = value.contains(":-") && !known.contains(Code.REFERENCE_SYNTAX);
        boolean numberAnyway = value.equals("1e3") && known.equals(Set.of(Code.BAD_NUMBER));
        boolean optionOfPlugin = path.startsWith("options") && known.equals(Set.of(Code.UNKNOWN_KEY));
        boolean modelsInherited = path.equals("unknownModels") && known.equals(Set.of(Code.CONFLICT));
        boolean secretOfPlugin = SECRETS_OF_PLUGINS.contains(value) && known.equals(Set.of(Code.SECRET_FORM));
        // The certificate may be inherited where its key stands alone, and a command's key is refused by what it is
        // for.
        boolean otherHalfInherited = path.startsWith("http.tls.client")
                && Set.of(Code.MISSING_FIELD, Code.SECRET_FORM).containsAll(known);
        return defaultTaken
                || numberAnyway
                || optionOfPlugin
                || modelsInherited
                || secretOfPlugin
                || otherHalfInherited;
    }
}
