package dev.patchbay.config.decode;

import dev.patchbay.config.schema.Numbers;
import dev.patchbay.config.template.Template;
import dev.patchbay.config.tree.ListNode;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.provider.Gaps;
import dev.patchbay.spi.SecretRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns free values of a file into what a JSON body holds. Only what is unquoted and written as JSON writes it becomes a
 * number, a boolean or null; {@code no}, {@code 010} and {@code 2024-10-21} are texts.
 */
final class PlainValues {

    private static final int MAX_LONG_DIGITS = 18;

    private final Context context;
    private final @Nullable Gaps gaps;

    PlainValues(Context context) {
        this(context, null);
    }

    /** @param gaps stand for what variables hold; null: the variables are put in */
    PlainValues(Context context, @Nullable Gaps gaps) {
        this.context = context;
        this.gaps = gaps;
    }

    /** The value with its variables put in; a missing one is noted. */
    @Nullable Object value(Node node) {
        if (node instanceof MapNode map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            for (MapNode.Entry entry : map.entries()) {
                members.put(entry.key().text(), value(entry.value()));
            }
            return members;
        }
        if (node instanceof ListNode list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Node item : list.items()) {
                items.add(value(item));
            }
            return items;
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.isNull()) {
            return null;
        }
        String text = context.text(scalar);
        Object value = text == null || !scalar.isPlain() ? text : typed(text);
        return gaps == null || value == null ? value : outline(Context.template(scalar), value, gaps);
    }

    private Object outline(Template template, Object value, Gaps to) {
        if (template.isConstant()) {
            return value;
        }
        boolean text = value instanceof String || template.onlyVariable().isEmpty();
        return template.outline(context.environment(), name -> {
            SecretRef secret = new SecretRef("env", name);
            return text ? to.mark(secret) : to.bareMark(secret);
        });
    }

    static Object typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        return Numbers.decimal(text)
                .<Object>map(number -> isLong(text) ? (Object) Long.valueOf(text) : number)
                .orElse(text);
    }

    private static boolean isLong(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        for (int i = text.length() - digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return digits <= MAX_LONG_DIGITS;
    }
}
