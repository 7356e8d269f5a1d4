package dev.patchbay.daemon.web.view;

import java.util.List;

/**
 * One session.
 *
 * @param last the sequence of the last piece shown
 * @param unfinished what the answer has come to that is being written
 * @param parent the id of the session it continues, empty for none
 * @param provider what it says itself, empty for none
 * @param providers by which it can be continued
 * @param problem why what was asked last was not done, empty for nothing
 * @param draft what was sent with it
 */
public record SessionView(
        String id,
        String title,
        boolean archived,
        String created,
        String parent,
        SessionState state,
        ConversationPart conversation,
        long last,
        Unfinished unfinished,
        String provider,
        boolean proxied,
        List<Choice> providers,
        String problem,
        String draft) {

    /**
     * A piece that is being written.
     *
     * @param text as it is shown; empty for none
     * @param length of the text itself, in UTF-16 code units
     */
    public record Unfinished(long sequence, boolean isThought, String text, int length) {}

    /**
     * A provider that can be chosen.
     *
     * @param model what it takes where none is named, empty if that is not known
     */
    public record Choice(String id, String model) {}
}
