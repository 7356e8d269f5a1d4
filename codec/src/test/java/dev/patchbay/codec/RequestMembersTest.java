package dev.patchbay.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** M6: every member that a client can send reaches an upstream of another dialect, or is named, or is known to change no answer. */
class RequestMembersTest {

    private static final List<String> UPSTREAMS = List.of("openai-chat", "openai-responses", "anthropic-messages");

    private static final Map<String, String> SAID =
            Map.of("messages", "'messages':[{'role':'user','content':'q'}]", "input", "'input':'q'");

    /** A member, the request that has it, and what becomes of it at one upstream. */
    record Member(String client, String name, String request, String upstream, String outcome) {

        @Override
        public String toString() {
            return client + " -> " + upstream + ": " + name + " is " + outcome;
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void isLostByNoMemberInSilence(Member member) {
        DroppedMembers dropped = new DroppedMembers("p");
        if (member.outcome().equals("refused")) {
            assertThatThrownBy(() -> sent(member.client(), member.upstream(), member.request(), dropped))
                    .isInstanceOf(ProviderException.class);
            return;
        }
        JsonNode sent = sent(member.client(), member.upstream(), member.request(), dropped);

        if (member.outcome().startsWith("/")) {
            assertThat(sent.at(member.outcome()).isMissingNode())
                    .as(sent.toString())
                    .isFalse();
            assertThat(dropped.names()).doesNotContain(member.name());
        } else if (member.outcome().startsWith("named")) {
            String name = member.outcome().substring("named".length()).strip();
            assertThat(dropped.names()).contains(name.isEmpty() ? member.name() : name);
        } else {
            assertThat(member.outcome()).isEqualTo("harmless");
            assertThat(dropped.names()).isEmpty();
        }
    }

    /** M6b: a chat upstream of another vendor may refuse them; the file of one that takes them says so. */
    @ParameterizedTest
    @CsvSource({"service_tier", "prompt_cache_key", "prompt_cache_options", "top_logprobs"})
    void goesToAChatUpstreamWhoseFileNamesIt(String name) {
        Quirks quirks = Quirks.none().with("extra", List.of(name));
        DroppedMembers dropped = new DroppedMembers("p");
        JsonNode sent = encoded(
                read("responses", Translate.json("{'model':'m','input':'q','" + name + "':'x'}"), dropped),
                "openai-chat",
                quirks,
                dropped);

        assertThat(sent.path(name).asText()).isEqualTo("x");
        assertThat(dropped.names()).isEmpty();
    }

    static Stream<Member> members() throws IOException {
        try (InputStream table = RequestMembersTest.class.getResourceAsStream("/request-members.csv")) {
            String text = new String(requireNonNull(table).readAllBytes(), UTF_8);
            return text
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .flatMap(RequestMembersTest::row)
                    .toList()
                    .stream();
        }
    }

    private static Stream<Member> row(String line) {
        List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
        return Stream.of(0, 1, 2)
                .filter(upstream -> !cells.get(3 + upstream).isEmpty())
                .map(upstream -> new Member(
                        cells.get(0), cells.get(1), cells.get(2), UPSTREAMS.get(upstream), cells.get(3 + upstream)));
    }

    private static JsonNode sent(String client, String upstream, String members, DroppedMembers dropped) {
        String said = client.equals("responses") ? "input" : "messages";
        String more = members.contains("'" + said + "':") ? "" : "," + SAID.get(said);
        ObjectNode body = Translate.json("{'model':'m'," + members + more + "}");
        return encoded(read(client, body, dropped), upstream, Quirks.none(), dropped);
    }

    private static ChatRequest read(String client, ObjectNode body, DroppedMembers dropped) {
        return switch (client) {
            case "chat" -> ChatRequestReader.read(body, dropped);
            case "responses" ->
                ResponsesRequestReader.read(body, id -> Optional.empty(), dropped)
                        .request();
            default -> MessagesRequestReader.read(body);
        };
    }

    private static JsonNode encoded(ChatRequest request, String upstream, Quirks quirks, DroppedMembers dropped) {
        return Translate.reread(Dialects.find(upstream).orElseThrow().encode(request, quirks, dropped));
    }
}
