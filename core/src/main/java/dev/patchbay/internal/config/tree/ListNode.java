package dev.patchbay.internal.config.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values. */
public final class ListNode extends Node {

    private final List<Node> items;

    private ListNode(Source source, Span span, List<Node> items, @Nullable Node overrode) {
        super(source, span, overrode);
        this.items = items;
    }

    public static ListNode of(Source source, Span span, List<Node> items) {
        return new ListNode(source, span, List.copyOf(items), null);
    }

    public List<Node> items() {
        return items;
    }

    @Override
    public ListNode over(Node lower) {
        return new ListNode(source(), span(), items, lower);
    }

    @Override
    public String kind() {
        return "a list";
    }
}
