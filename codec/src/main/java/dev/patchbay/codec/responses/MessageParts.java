package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.JoinedText;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;

/**
 * The parts of a message that is being written. Blocks of text that nothing of an item of its own stands between are one part,
 * since clients read the first, or the last, message and part (dialects.md, P4). Used by one thread.
 */
final class MessageParts {

    private final ArrayNode content;
    private final boolean tellsRefusals;
    private final StringBuilder text = new StringBuilder();
    private JoinedText joined = new JoinedText();
    private ObjectNode part = Json.object();
    private boolean refuses;

    /**
     * No parts yet.
     *
     * @param item the message, which gets them
     * @param tellsRefusals whether a refusal is a part of its own, or text
     */
    MessageParts(ObjectNode item, boolean tellsRefusals) {
        this.content = item.putArray("content");
        this.tellsRefusals = tellsRefusals;
    }

    /** Whether a block, which comes next, needs a part of its own. */
    boolean beginsPart(ContentBlock.Text block) {
        return content.isEmpty() || (tellsRefusals && Refusal.is(block) != refuses);
    }

    /** A block begins; where it needs a part of its own, the one before has ended. */
    void begin(ContentBlock.Text block) {
        boolean refusal = Refusal.is(block);
        if (beginsPart(block)) {
            text.setLength(0);
            joined = new JoinedText();
            part = tellsRefusals && refusal ? ResponsesItems.refusalPart("") : ResponsesItems.textPart("");
            content.add(part);
        } else if (refusal != refuses) {
            joined.interrupt();
        }
        refuses = refusal;
        joined.begin();
    }

    /** A block passed that is told to nobody. */
    void interrupt() {
        joined.interrupt();
    }

    /** Takes more of the open block; what of it the part goes on with. */
    String add(String more) {
        String told = joined.next(more);
        text.append(told);
        return told;
    }

    /** Takes something that the open block cites; empty if it is no web page. */
    Optional<ObjectNode> cite(Object citation) {
        if (isRefusal()) {
            return Optional.empty();
        }
        Optional<ObjectNode> annotation = WebCitations.annotation(citation, joined.start(), joined.length())
                .map(page -> page.put("type", "url_citation"));
        annotation.ifPresent(((ArrayNode) part.path("annotations"))::add);
        return annotation;
    }

    /** Gives the open part its text, be it all or as much as came. */
    ObjectNode end() {
        return part.put(isRefusal() ? Refusal.MEMBER : "text", text.toString());
    }

    /** The open part, whose text is there at its end. */
    ObjectNode part() {
        return part;
    }

    /** The place of the open part among the others. */
    int index() {
        return content.size() - 1;
    }

    /** How many sources the open part has. */
    int annotations() {
        return part.path("annotations").size();
    }

    /** Whether the open part is what the model refused with. */
    boolean isRefusal() {
        return part.has(Refusal.MEMBER);
    }
}
