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
    private boolean begins;
    private boolean interrupted;
    private boolean refuses;

    /** How many line feeds the text so far ends with, two at most. */
    private int lineFeeds;

    /** The texts among the blocks of an answer as one. */
    public static String of(List<ContentBlock> blocks) {
        JoinedText joined = new JoinedText();
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : blocks) {
            joined.comes(block);
            if (block instanceof ContentBlock.Text said) {
                text.append(joined.next(said.text()));
            }
        }
        return text.toString();
    }

    /** A block comes whose text, if it is one, follows: another is between texts, and a refusal goes on with no answer. */
    public void comes(ContentBlock block) {
        boolean isRefusal = Refusal.is(block);
        interrupted |= isRefusal != refuses || !(block instanceof ContentBlock.Text);
        refuses = isRefusal;
    }

    /** A block begins that goes on with the text. */
    public void begin() {
        start = length;
        begins = true;
    }

    /** What follows is a paragraph of its own. */
    public void interrupt() {
        interrupted = true;
    }

    /** More of the text, with what stands between it and the text so far, as far as it does not stand there already. */
    public String next(String more) {
        if (more.isEmpty()) {
            return more;
        }
        String between = interrupted && length > 0 ? between(more) : "";
        if (begins) {
            start = length + between.length();
        }
        begins = false;
        interrupted = false;
        String told = between + more;
        length += told.length();
        lineFeeds = lineFeedsAtEnd(told);
        return told;
    }

    private String between(String more) {
        int known = lineFeeds + (more.startsWith(PARAGRAPH) ? 2 : more.startsWith("\n") ? 1 : 0);
        return PARAGRAPH.substring(Math.min(known, PARAGRAPH.length()));
    }

    private int lineFeedsAtEnd(String told) {
        if (told.endsWith(PARAGRAPH)) {
            return 2;
        }
        boolean onlyOne = told.equals("\n");
        return told.endsWith("\n") ? (onlyOne && lineFeeds > 0 ? 2 : 1) : 0;
    }

    /** Where the block that began last begins in the text. */
    public int start() {
        return start;
    }

    /** How long the text is so far. */
    public int length() {
        return length;
    }
}
