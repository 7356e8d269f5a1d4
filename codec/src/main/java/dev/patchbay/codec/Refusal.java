package dev.patchbay.codec;

import dev.patchbay.spi.ContentBlock;
import java.util.Map;

/**
 * What a model says instead of an answer. OpenAI's dialects tell it apart from text; to all others it is a text, and the reason
 * why the answer ended (dialects.md, R6).
 */
public final class Refusal {

    /** The mark of a text block, and the member of OpenAI's dialects. */
    public static final String MEMBER = "refusal";

    private Refusal() {}

    /** A block in which the model says so. */
    public static ContentBlock.Text of(String text) {
        return ContentBlock.text(text, Map.of(MEMBER, true));
    }

    /** A block in which a filter says why it cut the answer of the model. */
    public static ContentBlock.Text ofFilter(String text) {
        return ContentBlock.text(text, Map.of(MEMBER, false));
    }

    /** Whether a block is one, of the model or of a filter. */
    public static boolean is(ContentBlock block) {
        return block instanceof ContentBlock.Text text && text.more().containsKey(MEMBER);
    }

    /** Whether a block is the model's own, which ends the answer as the model meant to. */
    public static boolean isOfModel(ContentBlock block) {
        return block instanceof ContentBlock.Text text
                && Boolean.TRUE.equals(text.more().get(MEMBER));
    }
}
