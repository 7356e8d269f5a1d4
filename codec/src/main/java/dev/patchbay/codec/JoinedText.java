package dev.patchbay.codec;

import dev.patchbay.spi.ContentBlock;
import java.util.List;

/**
 * A text that several blocks of an answer fill, as it is put together: blocks that touch are one sentence, those with others
 * between them are paragraphs (dialects.md, Q7). Used by one thread.
 */
public final class JoinedText {

    private static final String PARAGRAPH = "\n\n";

    private int length;
    private int start;
    private boolean interrupted;

    /** The texts among the blocks of an answer as one. */
    public static String of(List<ContentBlock> blocks) {
        JoinedText joined = new JoinedText();
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text said) {
                text.append(joined.next(said.text()));
            } else {
                joined.interrupt();
            }
        }
        return text.toString();
    }

    /** A block begins that goes on with the text. */
    public void begin() {
        start = length + (isNewParagraph() ? PARAGRAPH.length() : 0);
    }

    /** What follows is a paragraph of its own. */
    public void interrupt() {
        interrupted = true;
    }

    /** More of the text, with what stands between it and the text so far. */
    public String next(String more) {
        String told = isNewParagraph() ? PARAGRAPH + more : more;
        interrupted = false;
        length += told.length();
        return told;
    }

    /** Where the block that began last begins in the text. */
    public int start() {
        return start;
    }

    /** How long the text is so far. */
    public int length() {
        return length;
    }

    private boolean isNewParagraph() {
        return interrupted && length > 0;
    }
}
