package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What an editor sees where we see the text of a value: editors type the values of a file by the core schema of YAML 1.2
 * (section 10.3.2) before they check them, so that {@code 010} is the number ten there.
 */
public final class EditorValues {

    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern DECIMAL_DIGITS = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL_DIGITS = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL_DIGITS = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?(\\.inf|\\.Inf|\\.INF)");
    private static final Pattern NO_NUMBER = Pattern.compile("\\.nan|\\.NaN|\\.NAN");

    private EditorValues() {}

    /** The value with everything in it. */
    public static JsonNode of(Node node) {
        if (node instanceof MapNode map) {
            ObjectNode object = Json.object();
            map.entries().forEach(entry -> object.set(entry.key().text(), of(entry.value())));
            return object;
        }
        if (node instanceof ListNode list) {
            ArrayNode array = Json.array();
            list.items().forEach(item -> array.add(of(item)));
            return array;
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.isPlain() ? plain(scalar.text()) : TextNode.valueOf(scalar.text());
    }

    /** What an unquoted text is taken for. */
    static JsonNode plain(String text) {
        if (NULL.matcher(text).matches()) {
            return NullNode.getInstance();
        }
        if (TRUE.matcher(text).matches() || FALSE.matcher(text).matches()) {
            return BooleanNode.valueOf(TRUE.matcher(text).matches());
        }
        if (DECIMAL_DIGITS.matcher(text).matches()) {
            return BigIntegerNode.valueOf(new BigInteger(text));
        }
        if (OCTAL_DIGITS.matcher(text).matches()) {
            return BigIntegerNode.valueOf(new BigInteger(text.substring(2), 8));
        }
        if (HEXADECIMAL_DIGITS.matcher(text).matches()) {
            return BigIntegerNode.valueOf(new BigInteger(text.substring(2), 16));
        }
        if (FLOAT.matcher(text).matches()) {
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        if (INFINITE.matcher(text).matches()) {
            return DoubleNode.valueOf(text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return NO_NUMBER.matcher(text).matches() ? DoubleNode.valueOf(Double.NaN) : TextNode.valueOf(text);
    }
}
