package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.Capability;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plugin's dialect sees what it said it can carry, and nothing is lost in silence. */
class CarriedRequestTest {

    private static final ContentBlock IMAGE = ContentBlock.image(MediaSource.base64("image/png", "AA=="));

    private final List<String> dropped = new ArrayList<>();

    @Test
    void whatEveryCapabilityIsThereForPassesAsItIs() {
        ChatRequest request =
                rich().tool(Tool.of("t", "d", Map.of())).outputSchema(Map.of()).build();

        assertThat(carried(request, EnumSet.allOf(Capability.class))).isSameAs(request);
        assertThat(dropped).isEmpty();
    }

    @Test
    void imagesAndThinkingAreLeftOutByName() {
        ChatRequest carried = carried(rich().build(), Set.of());

        assertThat(carried.messages())
                .extracting(ChatMessage::content)
                .containsExactly(
                        List.of(ContentBlock.text("look"), ContentBlock.text("[image omitted]")),
                        List.of(ContentBlock.text("I see")));
        assertThat(carried.thinking()).isEmpty();
        assertThat(carried.effort()).isEmpty();
        assertThat(dropped).containsOnly("image", "thinking");
    }

    @Test
    void imagesInTheResultOfAToolAreLeftOutToo() {
        ChatRequest request = ChatRequest.builder("m")
                .message(new ChatMessage(ChatMessage.Role.USER, List.of(ContentBlock.toolResult("1", List.of(IMAGE)))))
                .build();

        assertThat(carried(request, Set.of(Capability.TOOLS)).messages().get(0).content())
                .containsExactly(ContentBlock.toolResult("1", List.of(ContentBlock.text("[image omitted]"))));
    }

    @Test
    void whatWouldBeMissedIsRefused() {
        ChatRequest tools =
                ChatRequest.builder("m").tool(Tool.of("t", "d", Map.of())).build();
        ChatRequest result = ChatRequest.builder("m")
                .message(new ChatMessage(ChatMessage.Role.USER, List.of(ContentBlock.toolError("1", "no"))))
                .build();
        ChatRequest schema = ChatRequest.builder("m").outputSchema(Map.of()).build();

        for (ChatRequest request : List.of(tools, result, schema)) {
            assertThatThrownBy(() -> carried(request, EnumSet.of(Capability.IMAGES, Capability.THINKING)))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ProviderException.Kind.INVALID_REQUEST))
                    .hasMessageContaining("the dialect 'plain' does not take ")
                    .hasMessageContaining("nothing was sent");
        }
    }

    @Test
    void toolsThatMustNotBeCalledAreLeftOut() {
        ChatRequest request = ChatRequest.builder("m")
                .tool(Tool.of("t", "d", Map.of()))
                .toolChoice(ToolChoice.of(ToolChoice.Mode.NONE))
                .build();

        assertThat(carried(request, Set.of()).tools()).isEmpty();
        assertThat(dropped).containsExactly("tools");
    }

    private static ChatRequest.Builder rich() {
        return ChatRequest.builder("m")
                .message(new ChatMessage(ChatMessage.Role.USER, List.of(ContentBlock.text("look"), IMAGE)))
                .message(new ChatMessage(
                        ChatMessage.Role.ASSISTANT,
                        List.of(ContentBlock.thinking("hm", "s"), ContentBlock.text("I see"))))
                .thinking(Thinking.enabled(1_000))
                .effort("high");
    }

    private ChatRequest carried(ChatRequest request, Set<Capability> capabilities) {
        Dialect dialect = new Dialect() {
            @Override
            public String id() {
                return "plain";
            }

            @Override
            public Set<Capability> capabilities() {
                return capabilities;
            }
        };
        return CarriedRequest.of(request, dialect, dropped::add);
    }
}
