package dev.patchbay.internal.plugin;

import dev.patchbay.codec.MediaText;
import dev.patchbay.spi.Capability;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request as a plugin's dialect can carry it: what it cannot carry and what would be missed (tools, a schema of the answer)
 * is refused, the rest is left out by name.
 */
public final class CarriedRequest {

    private static final ContentBlock NO_IMAGE = ContentBlock.text(MediaText.OMITTED_IMAGE);

    private final Dialect dialect;
    private final Set<Capability> can;
    private final Consumer<String> dropped;

    private CarriedRequest(Dialect dialect, Consumer<String> dropped) {
        this.dialect = dialect;
        this.can = dialect.capabilities();
        this.dropped = dropped;
    }

    /**
     * The request without what the dialect cannot carry.
     *
     * @param dropped takes the name of each thing that is left out: {@code image}, {@code thinking}
     * @throws ProviderException of kind {@code INVALID_REQUEST} if it makes no sense without
     */
    public static ChatRequest of(ChatRequest request, Dialect dialect, Consumer<String> dropped) {
        return new CarriedRequest(dialect, dropped).fit(request);
    }

    private ChatRequest fit(ChatRequest request) {
        boolean wantsTools = !request.tools().isEmpty()
                && request.toolChoice()
                        .filter(choice -> choice.mode() == ToolChoice.Mode.NONE)
                        .isEmpty();
        if (wantsTools || hasToolBlocks(request)) {
            require(Capability.TOOLS, "tools");
        }
        if (request.outputSchema().isPresent()) {
            require(Capability.STRUCTURED_OUTPUT, "a schema of the answer");
        }
        ChatRequest fit = request;
        if (!can.contains(Capability.TOOLS) && !request.tools().isEmpty()) {
            dropped.accept("tools");
            fit = request.withoutTools();
        }
        if (!can.contains(Capability.THINKING)
                && (fit.thinking().isPresent() || fit.effort().isPresent())) {
            dropped.accept("thinking");
            fit = fit.withoutThinking();
        }
        return can.containsAll(Set.of(Capability.IMAGES, Capability.THINKING))
                ? fit
                : fit.withMessages(fit(fit.messages()));
    }

    private List<ChatMessage> fit(List<ChatMessage> messages) {
        List<ChatMessage> all = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            List<ContentBlock> content = fitBlocks(message.content());
            all.add(content.equals(message.content()) ? message : new ChatMessage(message.role(), content));
        }
        return all;
    }

    private List<ContentBlock> fitBlocks(List<ContentBlock> blocks) {
        List<ContentBlock> all = new ArrayList<>(blocks.size());
        for (ContentBlock block : blocks) {
            boolean thought = block instanceof ContentBlock.Thinking || block instanceof ContentBlock.RedactedThinking;
            if (block instanceof ContentBlock.Image && !can.contains(Capability.IMAGES)) {
                dropped.accept("image");
                all.add(NO_IMAGE);
            } else if (thought && !can.contains(Capability.THINKING)) {
                dropped.accept("thinking");
            } else if (block instanceof ContentBlock.ToolResult result) {
                List<ContentBlock> content = fitBlocks(result.content());
                all.add(
                        content.equals(result.content())
                                ? result
                                : ContentBlock.toolResult(
                                        result.toolUseId(), content, result.isError(), result.more()));
            } else {
                all.add(block);
            }
        }
        return all;
    }

    private static boolean hasToolBlocks(ChatRequest request) {
        return request.messages().stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(block -> block instanceof ContentBlock.ToolUse || block instanceof ContentBlock.ToolResult);
    }

    private void require(Capability capability, String what) {
        if (!can.contains(capability)) {
            throw ProviderException.builder(
                            ProviderException.Kind.INVALID_REQUEST,
                            "the dialect '" + dialect.id() + "' does not take " + what + "; nothing was sent")
                    .help("ask without, or choose a provider of another dialect")
                    .build();
        }
    }
}
