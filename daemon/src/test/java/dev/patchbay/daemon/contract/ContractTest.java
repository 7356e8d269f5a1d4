package dev.patchbay.daemon.contract;

import static dev.patchbay.daemon.contract.ContractDocument.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.testkit.Golden;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code openapi.yaml} is sound, and what is made from it is what stands in the repository. */
final class ContractTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final String BEGIN = "// Types of the contract:";
    private static final String END = "\n// End of the types of the contract.\n";
    private static final Set<String> GATEWAY = Set.of("Gateway");

    private final ContractDocument contract = ContractDocument.load();

    @Test
    void itIsOpenApiByTheMetaSchema() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            OutputUnit result = OpenAPIVersion.V3_1
                    .getRepository(vertx, "http://patchbay.example/")
                    .compose(schemas ->
                            OpenAPIVersion.V3_1.validateContract(vertx, schemas, new JsonObject(contract.root())))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(result.getValid()).as(String.valueOf(result.getErrors())).isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void everyOperationHasANameAWordOfWhatItDoesAndTheOneShapeOfErrors() {
        Set<String> ids = new TreeSet<>();
        contract.operations().forEach((operation, node) -> {
            assertThat(ids.add((String) node.get("operationId"))).as(operation).isTrue();
            assertThat((String) node.get("summary")).as(operation).endsWith(".").hasSizeLessThan(90);
            List<?> tags = (List<?>) node.get("tags");
            assertThat(tags).as(operation).hasSize(1);
            Map<String, Object> other = contract.responses(node).get("default");
            assertThat(other).as(operation).isNotNull();
            if (!GATEWAY.contains(tags.get(0))) {
                assertThat(schema(other)).as(operation).isEqualTo("#/components/schemas/Error");
            }
            contract.responses(node)
                    .forEach((status, reply) -> assertThat((String) reply.get("description"))
                            .as(operation + " " + status)
                            .endsWith("."));
        });
        assertThat(ids).hasSizeGreaterThan(20);
    }

    /** Of the doors and of the store, whatever a status stands for; those of definitions are listed in docs/errors.md. */
    @Test
    void everyCodeOfAnErrorIsNamedAndNoOther() {
        Set<String> answered = new TreeSet<>(Set.of(Problem.store("").code()));
        IntStream.range(400, 600).mapToObj(Problem::code).forEach(answered::add);
        Map<String, Object> error =
                map(map(contract.schema("Error").get("properties")).get("error"));
        String described =
                (String) map(map(error.get("properties")).get("code")).get("description");
        String list = described.substring(described.indexOf(':') + 1, described.indexOf(';'));
        assertThat(list.strip().split(", ")).containsExactlyInAnyOrderElementsOf(answered);
    }

    @Test
    void everyNameInAPathIsAParameterAndEveryParameterIsDescribed() {
        contract.operations().forEach((operation, node) -> {
            String path = operation.substring(operation.indexOf(' ') + 1);
            Set<String> wanted = new TreeSet<>();
            Matcher name = Pattern.compile("\\{(\\w+)}").matcher(path);
            while (name.find()) {
                wanted.add(name.group(1));
            }
            Set<String> declared = new TreeSet<>();
            for (Map<String, Object> parameter : contract.parameters(path, node)) {
                assertThat((String) parameter.get("description")).as(operation).endsWith(".");
                if ("path".equals(parameter.get("in"))) {
                    declared.add((String) parameter.get("name"));
                }
            }
            assertThat(declared).as(operation).isEqualTo(wanted);
        });
    }

    @Test
    void everyReferenceLeadsSomewhereAndNothingIsLeftOver() {
        Set<String> used = new TreeSet<>();
        references(contract.root(), used);
        used.forEach(reference ->
                assertThat(contract.resolve(Map.of("$ref", reference))).isNotEmpty());
        Set<String> there = new TreeSet<>();
        map(contract.root().get("components")).forEach((kind, all) -> {
            if (!kind.equals("securitySchemes")) {
                map(all).keySet().forEach(name -> there.add("#/components/" + kind + "/" + name));
            }
        });
        assertThat(there).isEqualTo(used);
    }

    @Test
    void everyExampleIsWhatItsSchemaSays() {
        ContractSchemas schemas = ContractSchemas.of(contract);
        List<String> checked = new ArrayList<>();
        contract.operations().forEach((operation, node) -> {
            List<Map<String, Object>> bodies =
                    new ArrayList<>(contract.responses(node).values());
            if (node.containsKey("requestBody")) {
                bodies.add(contract.resolve(map(node.get("requestBody"))));
            }
            for (Map<String, Object> body : bodies) {
                for (Object media :
                        body.containsKey("content") ? map(body.get("content")).values() : List.of()) {
                    for (Object example : examples(map(media))) {
                        assertThat(schemas.problems(map(map(media).get("schema")), example))
                                .as(operation)
                                .isEmpty();
                        checked.add(operation);
                    }
                }
            }
        });
        assertThat(checked).hasSizeGreaterThan(10);
    }

    @Test
    void thePageIsMadeFromIt() {
        Golden.in(ROOT.resolve("docs")).check("api.md", new ApiPage(contract).generate());
    }

    @Test
    void whatTheDaemonChecksRequestsByIsMadeFromIt() {
        Golden.in(ROOT.resolve("daemon/src/main/resources/dev/patchbay/daemon"))
                .check("requests.json", new RequestSchemas(contract).generate());
    }

    @Test
    void theTypesOfTheTypeScriptClientAreMadeFromIt() throws IOException {
        Path file = ROOT.resolve("clients/typescript/src/index.ts");
        String source = Files.readString(file);
        int begin = source.indexOf("\n\n", source.indexOf(BEGIN)) + 2;
        int end = source.indexOf(END);
        assertThat(begin).isGreaterThan(2);
        assertThat(end).isGreaterThan(begin);
        String made = source.substring(0, begin) + new TypeScriptTypes(contract).generate() + source.substring(end);
        Golden.in(ROOT).check("clients/typescript/src/index.ts", made);
    }

    private static List<Object> examples(Map<String, Object> media) {
        List<Object> all = new ArrayList<>();
        if (media.containsKey("example")) {
            all.add(media.get("example"));
        }
        if (media.containsKey("examples")) {
            map(media.get("examples"))
                    .values()
                    .forEach(example -> all.add(map(example).get("value")));
        }
        return all;
    }

    private static Object schema(Map<String, Object> reply) {
        return map(map(map(reply.get("content")).get("application/json")).get("schema"))
                .get("$ref");
    }

    private static void references(Object node, Set<String> found) {
        if (node instanceof Map<?, ?> mapping) {
            mapping.forEach((key, value) -> {
                if (key.equals("$ref")) {
                    found.add((String) value);
                } else {
                    references(value, found);
                }
            });
        } else if (node instanceof List<?>) {
            list(node, found);
        }
    }

    private static void list(Object node, Set<String> found) {
        ((List<?>) node).forEach(item -> references(item, found));
    }
}
