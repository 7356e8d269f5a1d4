package dev.patchbay.session;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.http.SecretSearch;
import dev.patchbay.spi.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Refuses a key that was typed into a field of a session that is stored and shown. No message quotes it. */
final class MisplacedKey {

    private static final Location LAUNCH = Location.of("launch");

    /** Of no word: many a model is named like the beginning of a key. */
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9]{20}");

    private MisplacedKey() {}

    /**
     * Looks for a session's own key in all that is shown of it, and for any key where a name belongs.
     *
     * @throws ConfigurationException if there is one
     */
    static void refuse(SessionSettings settings, Optional<String> title, Optional<String> workingDir) {
        SecretSearch own = new SecretSearch();
        if (!GivenKeys.isGoneKey(settings)) {
            settings.proxyApiKey().map(Secret::reveal).ifPresent(own::add);
        }
        refuseNames(settings, own);
        settings.proxyBaseUrl().filter(own::isIn).ifPresent(url -> refuse("base URL", Code.BAD_URL));
        title.filter(own::isIn).ifPresent(text -> refuse("title", Code.BAD_VALUE));
        workingDir.filter(own::isIn).ifPresent(folder -> refuse("workingDir", Code.BAD_VALUE));
    }

    /** The same for the names alone, and the keys that the provider is asked with. */
    static void refuseNames(SessionSettings settings, SecretSearch keys) {
        settings.provider().filter(name -> isKey(name, keys)).ifPresent(name -> refuse("provider", Code.BAD_VALUE));
        settings.model().filter(name -> isKey(name, keys)).ifPresent(name -> refuse("model", Code.BAD_VALUE));
        settings.proxyModelOverride()
                .filter(name -> isKey(name, keys))
                .ifPresent(name -> refuse("proxyModelOverride", Code.BAD_VALUE));
    }

    private static boolean isKey(String name, SecretSearch keys) {
        return keys.isIn(name)
                || (KeyRules.looksLikeKey(name) && RANDOM.matcher(name).find());
    }

    private static void refuse(String field, Code code) {
        throw new ConfigurationException(List.of(
                Diagnostic.error(code, LAUNCH, "the " + field + " holds the key: it would be printed in messages")
                        .help("give the key as proxyApiKey alone")
                        .build()));
    }
}
