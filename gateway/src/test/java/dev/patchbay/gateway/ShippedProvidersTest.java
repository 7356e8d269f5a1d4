package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.Layer;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.testkit.StrictProvider;
import dev.patchbay.testkit.StrictVendor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of config/providers in front of a vendor as strict as the real one: agents on all three dialects call a tool in three
 * turns, streamed and not.
 */
@Tag("once")
class ShippedProvidersTest {

    private static final Path FOLDER = Path.of("..", "config", "providers");

    private static final Map<String, StrictVendor> VENDORS = Map.ofEntries(
            Map.entry("anthropic-gateway", StrictVendor.ANTHROPIC),
            Map.entry("azure-openai", StrictVendor.XAI),
            Map.entry("deepseek", StrictVendor.DEEPSEEK),
            Map.entry("fireworks", StrictVendor.QWEN_TEMPLATE),
            Map.entry("gemini", StrictVendor.GEMINI),
            Map.entry("groq", StrictVendor.GROQ),
            Map.entry("llamacpp", StrictVendor.QWEN_TEMPLATE),
            Map.entry("lmstudio", StrictVendor.QWEN_TEMPLATE),
            Map.entry("minimax", StrictVendor.QWEN_TEMPLATE),
            Map.entry("mistral", StrictVendor.MISTRAL),
            Map.entry("moonshot", StrictVendor.KIMI),
            Map.entry("ollama", StrictVendor.OLLAMA),
            Map.entry("openai", StrictVendor.OPENAI),
            Map.entry("together", StrictVendor.QWEN_TEMPLATE),
            Map.entry("vllm", StrictVendor.VLLM),
            Map.entry("xai", StrictVendor.XAI),
            Map.entry("zai", StrictVendor.QWEN_TEMPLATE));

    static Stream<Arguments> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream()
                    .flatMap(file -> Stream.of(ToolLoop.values())
                            .flatMap(client ->
                                    Stream.of(true, false).map(stream -> Arguments.of(name(file), client, stream))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anAgentCallsItsToolThreeTimesAndComesToAnEnd(String file, ToolLoop client, boolean stream) {
        StrictVendor vendor = VENDORS.get(file);
        assertThat(vendor).as("a vendor for config/providers/" + file + ".yaml").isNotNull();
        try (StrictProvider strict = StrictProvider.start(vendor, 3);
                GatewayFixture fixture = new GatewayFixture()) {
            RegistrySnapshot registry = registry(file, strict);
            fixture.start(() -> registry, builder -> builder.provider(file));

            String course = client.run(stream, fixture::post);

            assertThat(strict.refusals()).isEmpty();
            assertThat(course).isEqualTo("find find find " + StrictProvider.DONE);
        }
    }

    /** The file as it is shipped, but for the hosts. */
    static RegistrySnapshot registry(String file, StrictProvider strict) {
        String here = strict.baseUrl("").toString();
        try {
            String yaml = Files.readString(FOLDER.resolve(file + ".yaml"))
                    .replaceAll("(baseUrl: |\"|messages: )https?://[^/\"\\s]+", "$1" + here);
            return RegistrySnapshot.builder()
                    .environment(name -> Optional.of(name.endsWith("_KEY") ? "key-of-a-test" : here))
                    .text(Layer.USER, file + ".yaml", yaml)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }
}
