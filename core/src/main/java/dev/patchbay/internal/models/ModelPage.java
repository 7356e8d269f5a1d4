package dev.patchbay.internal.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One answer of a {@code models} endpoint: of OpenAI, of Anthropic, a bare list, or Ollama's own.
 *
 * @param next where the list goes on, as Anthropic says it
 */
record ModelPage(List<OfferedModel> models, Optional<String> next) {

    private static final List<String> IDS = List.of("id", "name", "model");
    private static final List<String> CONTEXTS =
            List.of("context_length", "context_window", "max_model_len", "max_context_length", "max_input_tokens");
    private static final List<String> OUTPUTS =
            List.of("max_output_tokens", "max_completion_tokens", "max_output_length", "max_tokens");

    /** @throws ProviderException of kind {@code SERVER} if it is no such list */
    static ModelPage read(byte[] body) {
        JsonNode root = parse(body);
        JsonNode list = Stream.of(root, root.path("data"), root.path("models"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow(ModelPage::noList);
        List<OfferedModel> models = new ArrayList<>();
        for (JsonNode entry : list) {
            model(entry).ifPresent(models::add);
        }
        Optional<String> last = root.path("has_more").asBoolean(false) ? text(root, "last_id") : Optional.empty();
        return new ModelPage(List.copyOf(models), last);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(body);
        } catch (JsonSyntaxException e) {
            throw noList();
        }
    }

    private static Optional<OfferedModel> model(JsonNode entry) {
        if (entry.isTextual() && !entry.textValue().isBlank()) {
            return Optional.of(
                    new OfferedModel(entry.textValue(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty()));
        }
        return IDS.stream()
                .flatMap(member -> text(entry, member).stream())
                .findFirst()
                .map(id -> new OfferedModel(
                        id,
                        text(entry, "display_name").or(() -> name(entry, id)),
                        number(entry, CONTEXTS),
                        maxOutput(entry)));
    }

    private static Optional<String> name(JsonNode entry, String id) {
        return text(entry, "name").filter(name -> !name.equals(id));
    }

    /** OpenRouter says it of the one that serves the model. */
    private static OptionalInt maxOutput(JsonNode entry) {
        OptionalInt own = number(entry, OUTPUTS);
        return own.isPresent() ? own : number(entry.path("top_provider"), OUTPUTS);
    }

    private static OptionalInt number(JsonNode entry, List<String> members) {
        return members.stream()
                .map(entry::path)
                .filter(value -> value.canConvertToInt() && value.asInt() > 0)
                .mapToInt(JsonNode::asInt)
                .findFirst();
    }

    private static Optional<String> text(JsonNode entry, String member) {
        return Optional.ofNullable(entry.path(member).textValue()).filter(text -> !text.isBlank());
    }

    private static ProviderException noList() {
        return ProviderException.builder(Kind.SERVER, "the answer is not a list of models")
                .help("if the provider has none, write endpoints: {models: null}")
                .retryable(false)
                .build();
    }
}
