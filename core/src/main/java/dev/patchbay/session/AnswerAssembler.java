package dev.patchbay.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the blocks of an answer together from its events. Used by one thread. */
final class AnswerAssembler {

    private @Nullable ContentBlock open;
    private final StringBuilder text = new StringBuilder();
    private String signature = "";
    private Usage usage = Usage.unknown();
    private @Nullable StopReason stopReason;
    private boolean stopped;

    /**
     * Takes the next event.
     *
     * @return the block that it completes, if it completes one
     */
    Optional<ContentBlock> take(ChatEvent event) {
        if (event instanceof ChatEvent.Started started) {
            usage = usage.updatedBy(started.usage());
        } else if (event instanceof ChatEvent.BlockStarted started) {
            begin(started.block());
        } else if (event instanceof ChatEvent.TextDelta delta) {
            text.append(delta.text());
        } else if (event instanceof ChatEvent.ThinkingDelta delta) {
            text.append(delta.thinking());
        } else if (event instanceof ChatEvent.InputDelta delta) {
            text.append(delta.json());
        } else if (event instanceof ChatEvent.SignatureDelta delta) {
            signature = delta.signature();
        } else if (event instanceof ChatEvent.BlockStopped) {
            return finishOpenBlock();
        } else if (event instanceof ChatEvent.Finishing finishing) {
            usage = usage.updatedBy(finishing.usage());
            stopReason = finishing.reason();
        } else if (event instanceof ChatEvent.Stopped) {
            stopped = true;
        }
        return Optional.empty();
    }

    /** What came of a block that was not completed; empty if there is none or nothing came. */
    Optional<ContentBlock> unfinished() {
        if (open instanceof ContentBlock.ToolUse) {
            // Half a call must never be run, so it is not kept either.
            return Optional.empty();
        }
        return text.isEmpty() ? Optional.empty() : finishOpenBlock();
    }

    boolean isStopped() {
        return stopped;
    }

    Usage usage() {
        return usage;
    }

    Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    private void begin(ContentBlock block) {
        open = block;
        text.setLength(0);
        signature = "";
        if (block instanceof ContentBlock.Text start) {
            text.append(start.text());
        } else if (block instanceof ContentBlock.Thinking start) {
            text.append(start.thinking());
            signature = start.signature();
        }
    }

    private Optional<ContentBlock> finishOpenBlock() {
        ContentBlock block = open;
        open = null;
        if (block instanceof ContentBlock.Text start) {
            return Optional.of(new ContentBlock.Text(text.toString(), start.more()));
        }
        if (block instanceof ContentBlock.Thinking start) {
            return Optional.of(new ContentBlock.Thinking(text.toString(), signature, start.more()));
        }
        if (block instanceof ContentBlock.ToolUse start) {
            return Optional.of(new ContentBlock.ToolUse(start.id(), start.name(), input(start), start.more()));
        }
        return Optional.ofNullable(block);
    }

    private Map<String, @Nullable Object> input(ContentBlock.ToolUse start) {
        String json = text.toString();
        if (json.isBlank()) {
            return start.input();
        }
        return Json.tryParse(json)
                .filter(ObjectNode.class::isInstance)
                .map(node -> JsonValues.toMap((ObjectNode) node))
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.SERVER,
                        "the input of the call of " + start.name() + " is not a JSON object"));
    }
}
