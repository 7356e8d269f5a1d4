package dev.patchbay.config.decode;

import dev.patchbay.config.schema.ScalarType;
import dev.patchbay.config.schema.Vocabulary;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.SecretValue;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decodes {@code auth} and {@code apiKey}. */
final class AuthDecoder {

    private final Context context;
    private final SecretDecoder secrets;

    AuthDecoder(Context context) {
        this.context = context;
        this.secrets = new SecretDecoder(context);
    }

    /**
     * How to authenticate.
     *
     * @param auth {@code none}, a mapping, or null
     * @param apiKey a key beside it, or null
     * @param usual the way where nothing says otherwise, without a key
     * @return empty if no key is named and none is needed to be
     */
    Optional<Auth> decode(@Nullable Node auth, @Nullable Node apiKey, Auth usual) {
        if (auth instanceof ScalarNode) {
            return Optional.of(Auth.NONE);
        }
        if (auth instanceof MapNode map) {
            return mapping(map, apiKey, usual);
        }
        return apiKey == null ? Optional.empty() : Optional.of(usual.withKey(secrets.key(apiKey)));
    }

    private Optional<Auth> mapping(MapNode auth, @Nullable Node apiKey, Auth usual) {
        Optional<String> header = text(auth, "header", ScalarType.HEADER_NAME);
        Optional<String> prefix = text(auth, "prefix", ScalarType.HEADER_VALUE);
        String type = text(auth, "type", ScalarType.TEXT).orElse(header.isPresent() ? "header" : usual.type());
        if (type.equals("none")) {
            return Optional.of(Auth.NONE);
        }
        boolean core = Vocabulary.CORE_AUTH_TYPES.contains(type);
        if (!core && !context.plugs().authenticators().containsKey(type)) {
            unknown(auth, type);
            return Optional.empty();
        }
        Optional<SecretValue> key =
                Optional.ofNullable(auth.get("key").orElse(apiKey)).map(secrets::key);
        if (core && key.isEmpty()) {
            return Optional.empty();
        }
        if (type.equals("header") && header.isEmpty()) {
            header = usual.header();
            if (header.isEmpty() && !auth.has("header")) {
                context.error(auth.error(Code.MISSING_FIELD, "auth.header is missing")
                        .help("write auth: {type: header, header: api-key, key: $NAME}"));
            }
        }
        return Optional.of(new Auth(type, key, header, prefix));
    }

    /** Says the type as it is written: what a variable holds is not told. */
    private void unknown(MapNode auth, String type) {
        Node place = auth.get("type").orElse(auth);
        String written = place instanceof ScalarNode scalar ? scalar.text() : type;
        String why = context.plugs().missing().get(type);
        if (why != null) {
            context.lacking(place.error(Code.UNKNOWN_AUTH, "the auth type " + written + " is not there: " + why));
            return;
        }
        Set<String> known = context.plugs().vocabulary().authTypes();
        String question = Nearest.question(type, known);
        Diagnostic.Builder problem = place.error(
                        Code.UNKNOWN_AUTH, "no plugin brings the auth type " + written + question)
                .help("types: " + String.join(", ", new TreeSet<>(known)));
        if (question.isEmpty()) {
            context.lacking(problem);
        } else {
            context.error(problem);
        }
    }

    private Optional<String> text(MapNode auth, String field, ScalarType type) {
        ScalarNode node = Context.scalar(auth.get(field).orElse(null));
        return node == null ? Optional.empty() : Optional.ofNullable(context.text(node, type, "auth." + field));
    }
}
