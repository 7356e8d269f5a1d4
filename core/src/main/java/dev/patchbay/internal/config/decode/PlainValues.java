package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.KeyType;
import dev.patchbay.internal.config.schema.NumberSyntax;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.BodySecret;
import dev.patchbay.provider.SecretValue;
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

    private final DecodeContext context;

    PlainValues(DecodeContext context) {
        this.context = context;
    }

    /** The value; where variables are part of it, they stay references, and a missing one is noted. */
    @Nullable Object value(Node node) {
        if (node instanceof MapNode map) {
            return members(map);
        }
        if (node instanceof ListNode list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Node item : list.items()) {
                items.add(value(item));
            }
            return items;
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.isNull() ? null : value(scalar);
    }

    /** The members of a body, or of an object in it; one that is a key by its name is secret even where it stands there itself. */
    Map<String, @Nullable Object> members(MapNode map) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            String name = entry.key().text();
            boolean key = KeyType.BODY_PATH.isCredential(name)
                    && entry.value() instanceof ScalarNode scalar
                    && isWrittenOut(scalar);
            members.put(name, key ? literal((ScalarNode) entry.value()) : value(entry.value()));
        }
        return members;
    }

    private static boolean isWrittenOut(ScalarNode scalar) {
        return !scalar.isNull() && DecodeContext.template(scalar).isConstant();
    }

    private Reference literal(ScalarNode scalar) {
        Template template = DecodeContext.template(scalar);
        return new Reference(
                Secrets.inBody(template, context.environment(), scalar.location(), false), scalar.isPlain());
    }

    private @Nullable Object value(ScalarNode scalar) {
        Template template = DecodeContext.template(scalar);
        String text = context.text(scalar);
        if (template.isConstant() && KeyRules.looksLikeKey(scalar.text())) {
            return literal(scalar);
        }
        if (template.isConstant() || text == null) {
            return text == null || !scalar.isPlain() ? text : typed(text);
        }
        boolean bare = scalar.isPlain() && template.onlyVariable().isPresent() && !(typed(text) instanceof String);
        SecretValue secret = Secrets.inBody(template, context.environment(), scalar.location(), bare);
        return new Reference(secret, scalar.isPlain());
    }

    static Object typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        return NumberSyntax.decimal(text)
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

    /** A value with a reference in it, typed as it is used. */
    private record Reference(SecretValue secret, boolean isPlain) implements BodySecret {

        @Override
        public Object typed(String text) {
            return isPlain ? PlainValues.typed(text) : text;
        }
    }
}
