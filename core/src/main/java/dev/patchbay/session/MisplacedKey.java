package dev.patchbay.session;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.schema.CredentialNames;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.http.SecretSearch;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses a key that was typed into anything of a session that is stored and shown. No message quotes it. */
final class MisplacedKey {

    private static final Location LAUNCH = Location.of("launch");

    /** What a template holds beside its parameters, as requests name it. */
    private static final Map<String, String> MEMBERS = Map.of(
            "system_prompt", "systemPrompt",
            "append_system_prompt", "appendSystemPrompt",
            "tools", "tools",
            "output_schema", "outputSchema");

    /** Names in camelCase come in snake_case from the REST API. */
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private MisplacedKey() {}

    /**
     * Looks for a session's own key in all that is stored of it, and for any key where a name belongs.
     *
     * @param session as it is about to be stored
     * @param settings with the key
     * @param asked what is stored of its conversation by whoever gives the key
     * @throws ConfigurationException if there is one
     */
    static void refuse(SessionRecord session, SessionSettings settings, Collection<ContentBlock> asked) {
        refuse(settings);
        SecretSearch own = own(settings);
        if (own.isEmpty()) {
            return;
        }
        refuseIf(own.isIn(session.query()), "query");
        refuseIf(own.isIn(session.title()), "title");
        session.workingDir().ifPresent(folder -> refuseIf(own.isIn(folder), "workingDir"));
        StoredJson.toMap(session.template())
                .forEach((name, value) -> refuseIf(holds(value, own::isIn), MEMBERS.getOrDefault(name, "options")));
        asked.forEach(block -> refuseIf(
                holds(StoredJson.toMap(block), own::isIn),
                block instanceof ContentBlock.Text text && text.text().equals(session.query())
                        ? "query"
                        : "attachments"));
    }

    /**
     * Looks for any key among what a request is about to bring into the store; what is stored already can be taken out by nobody.
     *
     * @throws ConfigurationException if there is one
     */
    static void refuse(RequestTemplate template) {
        refuseIf(holdCredential(template.parameters().more()), "options");
        template.parameters().userId().ifPresent(user -> refuseIf(KeyRules.isKeyInPlaceOfText(user), "options"));
    }

    /** The same as for a session for its settings alone. */
    static void refuse(SessionSettings settings) {
        SecretSearch own = own(settings);
        refuseNames(settings, own);
        if (settings.proxyBaseUrl().filter(own::isIn).isPresent()) {
            throw refusal("base URL", Code.BAD_URL);
        }
    }

    /** The same for the names alone, and the keys that the provider is asked with. */
    static void refuseNames(SessionSettings settings, SecretSearch keys) {
        settings.provider().ifPresent(name -> refuseIf(isKey(name, keys), "provider"));
        settings.model().ifPresent(name -> refuseIf(isKey(name, keys), "model"));
        settings.proxyModelOverride().ifPresent(name -> refuseIf(isKey(name, keys), "proxyModelOverride"));
    }

    private static SecretSearch own(SessionSettings settings) {
        SecretSearch own = new SecretSearch();
        if (!GivenKeys.isGoneKey(settings)) {
            settings.proxyApiKey().map(Secret::reveal).ifPresent(key -> {
                own.add(key);
                own.add(HUMP.matcher(key).replaceAll("$1_$2").toLowerCase(Locale.ROOT));
            });
        }
        return own;
    }

    private static boolean isKey(String name, SecretSearch keys) {
        return keys.isIn(name) || KeyRules.isKeyInPlaceOfName(name);
    }

    /** Whether a setting that is not modelled is named like a credential, or is one by its looks. */
    private static boolean holdCredential(Map<String, @Nullable Object> settings) {
        return holds(settings, KeyRules::isKeyInPlaceOfText)
                || settings.entrySet().stream()
                        .anyMatch(setting ->
                                setting.getValue() instanceof String && CredentialNames.isMember(setting.getKey()));
    }

    /** Whether a text in a value of JSON, or the name of a member, is such. */
    private static boolean holds(@Nullable Object value, Predicate<String> isSuch) {
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .anyMatch(
                            member -> isSuch.test(String.valueOf(member.getKey())) || holds(member.getValue(), isSuch));
        }
        if (value instanceof Collection<?> values) {
            return values.stream().anyMatch(each -> holds(each, isSuch));
        }
        return value instanceof String text && isSuch.test(text);
    }

    private static void refuseIf(boolean found, String field) {
        if (found) {
            throw refusal(field, Code.BAD_VALUE);
        }
    }

    private static ConfigurationException refusal(String field, Code code) {
        String holds = field.endsWith("s") ? " hold" : " holds";
        return new ConfigurationException(List.of(
                Diagnostic.error(code, LAUNCH, "the " + field + holds + " the key: it would be stored, and shown")
                        .help("give the key alone: as proxyApiKey, or on the command line with --api-key-env")
                        .build()));
    }
}
