package dev.patchbay.config.explain;

import dev.patchbay.config.schema.Field;
import dev.patchbay.config.schema.KeyType;
import dev.patchbay.config.schema.ProviderFields;
import java.util.List;

/** What kind of value stands at a path of a definition. */
final class Fields {

    private static final List<String> BODIES = List.of("body", "options");

    private static final List<String> TYPED =
            List.of("body", "options", "quirks", "models", "http", "enabled", "allowInsecureHttp");

    private Fields() {}

    /** Whether it is a secret form: {@code apiKey}, {@code auth.key}, and the same of an endpoint. */
    static boolean isSecretForm(List<String> path) {
        int size = path.size();
        boolean key = size >= 2
                && path.get(size - 2).equals("auth")
                && path.get(size - 1).equals("key");
        return path.equals(List.of("apiKey"))
                || (key && (size == 2 || path.get(0).equals("endpoints")));
    }

    /** Whether it is the address of a proxy, which may have a password in it. */
    static boolean isProxy(List<String> path) {
        return path.equals(List.of("http", "proxy"));
    }

    /** Whether a value with a reference in it is secret whole (provider-files.md, section 2). */
    static boolean isSecretWithReference(List<String> path) {
        boolean ofModel =
                path.size() > 2 && path.get(0).equals("models") && path.get(2).equals("body");
        return isHeaderOrQuery(path) || BODIES.contains(path.get(0)) || ofModel;
    }

    /** Whether the value of that header or query member is a secret whatever it is. */
    static boolean isCredential(List<String> path) {
        return isHeaderOrQuery(path)
                && (path.get(0).equals("headers") ? KeyType.HEADER : KeyType.QUERY).isCredential(path.get(1));
    }

    /** Whether a {@code $} in it begins a reference. */
    static boolean isSubstituted(List<String> path) {
        Field field = ProviderFields.PROVIDER.fields().get(path.get(0));
        return (field != null && field.isSubstituted()) || isSecretWithReference(path);
    }

    /** Whether a number or a truth value can stand there. */
    static boolean isTyped(List<String> path) {
        return TYPED.contains(path.get(0));
    }

    /** Whether names are the same there without regard to case. */
    static boolean isHeaders(List<String> path) {
        return path.size() == 1 && path.get(0).equals("headers");
    }

    /** The place in the order of the table. */
    static int order(List<String> path) {
        int order = 0;
        for (String name : ProviderFields.PROVIDER.fields().keySet()) {
            if (name.equals(path.get(0))) {
                return order;
            }
            order++;
        }
        return order;
    }

    private static boolean isHeaderOrQuery(List<String> path) {
        return path.size() == 2 && (path.get(0).equals("headers") || path.get(0).equals("query"));
    }
}
