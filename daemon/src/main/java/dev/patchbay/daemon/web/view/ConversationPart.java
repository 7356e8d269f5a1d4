package dev.patchbay.daemon.web.view;

import java.util.List;

/**
 * A part of a conversation.
 *
 * @param earlier the address of the part before it, for a script; empty if it begins the conversation
 * @param earlierPage the same for a browser without
 */
public record ConversationPart(List<ConversationItem> items, String earlier, String earlierPage) {}
