package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.provider.Layer;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed, such as a URL, its host and the name of a file, holds no key: it is refused before anything quotes it. */
final class PrintedKeyTest {

    private static final String KEY = "Canary-5F2c81d09e";
    private static final String BASE = "baseUrl: https://api.a.example/v1";

    /** Nothing in the name says that it is a key. */
    private static final List<String> VALUES = List.of(
            "$ACME",
            "x$ACME",
            "http://$ACME",
            "http://vll$ACME/v1",
            "https://$ACME.example/v1",
            "https://a.$ACME.example:8080/v1",
            "https://a.example:$ACME/v1",
            "https://a.example/$ACME/v1",
            "https://a.example/v1?x=$ACME",
            "https://$ACME@a.example/v1",
            "/v1/$ACME",
            "${UNSET:-https://$ACME.example/v1}",
            "$ACME_URL",
            "$ACME_PATH");

    @Test
    void noFieldThatIsPrintedNamesAKey() {
        List<String> fields = printed(ProviderFieldTable.PROVIDER, "%s", false);
        assertThat(fields).hasSizeGreaterThan(15).anyMatch(field -> field.contains("caFile"));
        for (String field : fields) {
            for (String value : VALUES) {
                String yaml = field.formatted("\"" + value + "\"");
                String base = yaml.startsWith("baseUrl") ? yaml : BASE + ", " + yaml;
                // A proxy's user name and password are secrets, and are masked as such.
                if (!yaml.contains("proxy: \"https://$ACME@")) {
                    refused("a: {" + base + ", apiKey: $ACME}");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {baseUrl: 'https://$ACME.example', auth: {key: $ACME}}",
                "a: {baseUrl: 'https://$ACME.example', auth: {key: {env: ACME}}}",
                "a: {baseUrl: 'https://$ACME.example', apiKey: '${UNSET:-$ACME}'}",
                "a: {baseUrl: 'https://$ACME.example', auth: none, headers: {Authorization: 'Bearer $ACME'}}",
                "a: {baseUrl: 'https://$ACME.example', auth: none, headers: {X-A: {env: ACME}}}",
                "a: {baseUrl: 'https://$ACME.example', auth: none, query: {key: $ACME}}",
                "a: {baseUrl: 'https://$ACME.example', auth: none, body: {set: {client_secret: $ACME}}}",
                "a: {baseUrl: 'https://$ACME.example', http: {proxy: 'http://me:$ACME@proxy.example:3128'}}",
                "a: {baseUrl: 'https://$ACME.example', endpoints: {chat: {url: 'https://b.example/c', auth: {key: $ACME}}}}",
                "a: {baseUrl: 'https://$ACME.example', dialect: sample, options: {pass: $ACME}}",
                "a: {baseUrl: 'https://$ACME.example'}\nb: {" + BASE + ", apiKey: $ACME}",
                "b: {" + BASE + ", apiKey: $ACME}\na: {extends: b, baseUrl: 'https://$ACME.example/v1'}",
                "b: {baseUrl: 'https://$ACME.example', apiKey: $ACME}\na: {extends: b, baseUrl: 'https://c.example/v1'}",
                "a: {baseUrl: 'http://vll$CORPUS_KEY'}",
                "a: {baseUrl: 'http://x.example:$CORPUS_KEY'}",
                "a: {baseUrl: '${UNSET:-http://$CORPUS_KEY}'}",
                "b: {" + BASE + ", apiKey: $ACME}\na: {extends: b, baseUrl: 'http://vll$CORPUS_KEY'}",
            })
    void aVariableIsAKeyByItsNameOrByItsUse(String yaml) {
        refused(yaml);
    }

    @Test
    void whatIsNoKeyMayStandInAUrlAndInAHeader() {
        Provider provider = Registries.with(
                        Layer.USER,
                        "a: {baseUrl: 'https://$REGION.a.example/$ORG', apiKey: $ACME, headers: {X-Org: $ORG}}")
                .variable("ACME", KEY)
                .variable("REGION", "eu-west-1")
                .variable("ORG", "my-organisation")
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.isReady()).as("%s", provider.problems()).isTrue();
    }

    private static void refused(String yaml) {
        RegistrySnapshot snapshot = Registries.with(Layer.USER, yaml)
                .variable("ACME", KEY)
                .variable("CORPUS_KEY", KEY)
                .variable("ACME_URL", "https://" + KEY + ".example/v1")
                .variable("ACME_PATH", "/v1/" + KEY.toLowerCase(Locale.ROOT))
                .builder()
                .plugins(List.of(new LoadedPlugin(
                        "p", Optional.empty(), List.of(new Sample()), List.of(), List.of(), List.of())))
                .build();
        StringBuilder all = new StringBuilder();
        for (Diagnostic problem : snapshot.diagnostics()) {
            all.append(problem).append(problem.toMap()).append('\n');
        }
        for (Provider provider : snapshot.providers()) {
            all.append(provider)
                    .append(provider.reason())
                    .append(provider.problems())
                    .append(provider.definition())
                    .append('\n');
        }
        assertThat(all.toString().toLowerCase(Locale.ROOT)).as(yaml).doesNotContain(KEY.toLowerCase(Locale.ROOT));
        assertThat(snapshot.diagnostics()).as(yaml).extracting(Diagnostic::code).containsAnyOf(Code.USER_INFO);
        assertThat(snapshot.find("a").orElseThrow().definition()).as(yaml).isEmpty();
    }

    /** Each field whose variables are put in when the file is read, as {@code http: {tls: {caFile: %s}}}. */
    private static List<String> printed(Shape.Table table, String frame, boolean substituted) {
        List<String> found = new ArrayList<>();
        for (Field<?> field : table.fields().values()) {
            boolean below = substituted || field.isSubstituted();
            String inner = frame.formatted(field.name() + ": %s");
            if (below && !field.isLater()) {
                found.addAll(printed(field.shape(), inner, field.isOpen()));
            } else if (field.shape() instanceof Shape.Table record) {
                found.addAll(printed(record, frame.formatted(field.name() + ": {%s}"), false));
            }
        }
        return found;
    }

    private static List<String> printed(Shape shape, String frame, boolean open) {
        if (shape instanceof Shape.Scalar scalar) {
            boolean text = scalar.type() == ScalarType.TEXT || scalar.type() == ScalarType.HEADER_VALUE;
            return scalar.allowed().isEmpty() && (open || !text) ? List.of(frame) : List.of();
        }
        if (shape instanceof Shape.Table record) {
            return printed(record, frame.formatted("{%s}"), true);
        }
        if (shape instanceof Shape.ListOf list) {
            return printed(list.item(), frame.formatted("[%s]"), open);
        }
        if (shape instanceof Shape.MapOf map) {
            return map.value() instanceof Shape.Either
                    ? printed(map.value(), frame.formatted("{chat: %s}"), open)
                    : List.of();
        }
        if (shape instanceof Shape.Either either) {
            List<String> all = new ArrayList<>();
            for (Shape each : new Shape[] {either.scalar(), either.list(), either.mapping()}) {
                if (each != null) {
                    all.addAll(printed(each, frame, open));
                }
            }
            return all;
        }
        return List.of();
    }

    /** A dialect with a secret among its options. */
    private static final class Sample implements Dialect {

        @Override
        public String id() {
            return "sample";
        }

        @Override
        public List<Option> options() {
            return List.of(Option.of("pass", Option.Type.SECRET));
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            throw new IllegalStateException("nobody calls it");
        }
    }
}
