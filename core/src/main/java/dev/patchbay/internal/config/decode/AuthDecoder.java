package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields;
import dev.patchbay.internal.config.schema.SecretFormName;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.SecretValue;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decodes {@code auth} and {@code apiKey}. */
final class AuthDecoder {

    private final DecodeContext context;
    private final SecretDecoder secrets;

    AuthDecoder(DecodeContext context) {
        this.context = context;
        this.secrets = new SecretDecoder(context);
    }

    /**
     * How to authenticate.
     *
     * @param auth {@code none}, a mapping, or null
     * @param apiKey a key beside it, or null
     * @param defaultAuth the way where nothing says otherwise, without a key
     * @return empty if no key is named and none is needed to be
     */
    Optional<Auth> decode(@Nullable Node auth, @Nullable Node apiKey, Auth defaultAuth) {
        if (auth instanceof ScalarNode) {
            return Optional.of(Auth.NONE);
        }
        if (auth instanceof MapNode map) {
            FieldReader fields = FieldReader.substituted(context, map, ProviderFieldTable.AUTH.name());
            return mapping(map, fields, apiKey, defaultAuth);
        }
        return apiKey == null
                ? Optional.empty()
                : Optional.ofNullable(secrets.key(apiKey, prefix(defaultAuth))).map(defaultAuth::withKey);
    }

    private Optional<Auth> mapping(MapNode auth, FieldReader fields, @Nullable Node apiKey, Auth defaultAuth) {
        Optional<String> header = fields.value(ProviderFieldTable.AUTH_HEADER);
        Optional<String> prefix = fields.value(ProviderFieldTable.AUTH_PREFIX);
        String type =
                fields.value(ProviderFieldTable.AUTH_TYPE).orElse(header.isPresent() ? "header" : defaultAuth.type());
        if (type.equals("none")) {
            return Optional.of(Auth.NONE);
        }
        boolean core = Vocabulary.CORE_AUTH_TYPES.contains(type);
        if (!core && !context.plugins().authenticators().containsKey(type)) {
            unknown(fields.place(ProviderFieldTable.AUTH_TYPE, auth), type);
            return Optional.empty();
        }
        String prefixText = prefix(new Auth(type, Optional.empty(), header, prefix));
        Node named = fields.node(ProviderFieldTable.AUTH_KEY);
        Node of = named == null ? apiKey : named;
        Optional<SecretValue> key = Optional.ofNullable(of).map(node -> secrets.key(node, prefixText));
        if (core && key.isEmpty()) {
            return Optional.empty();
        }
        if (type.equals("header") && header.isEmpty()) {
            header = defaultAuth.header();
            if (header.isEmpty() && !fields.has(ProviderFieldTable.AUTH_HEADER)) {
                context.error(auth.error(Code.MISSING_FIELD, "auth.header is missing")
                        .help("write auth: {type: header, header: api-key, key: $NAME}"));
            }
        }
        Auth decoded = new Auth(type, key, header, prefix);
        ScalarNode before = DecodeContext.scalar(fields.node(ProviderFieldTable.AUTH_PREFIX));
        return Optional.of(
                before == null || of == null || !SecretFields.hasReference(before)
                        ? decoded
                        : withSecretPrefix(decoded, before, of));
    }

    /** A prefix with a variable in it is a part of the key: it is masked and stays behind like the rest. */
    private Auth withSecretPrefix(Auth auth, ScalarNode prefix, Node key) {
        String text = key instanceof ScalarNode scalar
                ? scalar.text()
                : key instanceof MapNode map && map.get(SecretFormName.ENV).orElse(null) instanceof ScalarNode name
                        ? "${" + name.text() + "}"
                        : null;
        if (text == null) {
            context.error(prefix.error(Code.SECRET_FORM, "auth.prefix holds a variable, and the key is none")
                    .help("write the prefix out, or give both in one variable"));
            return auth;
        }
        SecretValue whole = Secrets.value(
                DecodeContext.template(prefix, prefix.text() + text.strip()), context.environment(), prefix.location());
        return new Auth(auth.type(), Optional.of(whole), auth.header(), Optional.of(""));
    }

    /** What stands before the key in its header. */
    private static String prefix(Auth auth) {
        return CredentialHeader.of(auth).map(CredentialHeader::prefix).orElse("");
    }

    /** Says the type as it is written: what a variable holds is not told. */
    private void unknown(Node place, String type) {
        String written = place instanceof ScalarNode scalar ? scalar.text() : type;
        String why = context.plugins().missing().get(type);
        if (why != null) {
            context.missing(place.error(Code.UNKNOWN_AUTH, "the auth type " + written + " is not there: " + why));
            return;
        }
        Set<String> known = context.plugins().vocabulary().authTypes();
        String question = Nearest.question(type, known);
        Diagnostic.Builder problem = place.error(
                        Code.UNKNOWN_AUTH, "no plugin brings the auth type " + written + question)
                .help("types: " + String.join(", ", new TreeSet<>(known)));
        if (question.isEmpty()) {
            context.missing(problem);
        } else {
            context.error(problem);
        }
    }
}
