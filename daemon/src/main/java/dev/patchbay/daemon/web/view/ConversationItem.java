package dev.patchbay.daemon.web.view;

/**
 * A piece of a conversation; what does not apply is an empty text.
 *
 * @param kind {@code user}, {@code assistant}, {@code thinking}, {@code tool-call}, {@code tool-result}, {@code system} or {@code other}
 * @param label who or what it is
 * @param html the text, escaped and formatted
 * @param text the text, where it is shown as it stands
 * @param size of all of it, where only its beginning is shown
 * @param download the address of all of it
 * @param image the address of a picture
 * @param isError whether it tells of a failure
 * @param isPartial whether the answer broke off in it
 */
public record ConversationItem(
        String anchor,
        long sequence,
        String kind,
        String label,
        String when,
        String html,
        String text,
        String size,
        String download,
        String image,
        boolean isError,
        boolean isPartial) {

    /** Whether it is shown folded. */
    public boolean isFolded() {
        return kind.equals("thinking") || kind.startsWith("tool-") || kind.equals("system");
    }
}
