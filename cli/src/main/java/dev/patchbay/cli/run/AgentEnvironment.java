package dev.patchbay.cli.run;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.http.SecretSearch;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.ProviderCatalog;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of an agent: this process's, less every variable that a definition, a preset or an entry of the catalogue names as a
 * key, every value that is a known secret, and every variable that would lead it elsewhere (docs/design/sessions.md, section 7).
 * Names count without regard to case: not every client reads them as they are written.
 */
final class AgentEnvironment {

    /** The variables that name what no proxy is asked for. */
    static final List<String> PAST_PROXIES = List.of("NO_PROXY", "no_proxy");

    /** What stands first in them. */
    static final String THIS_MACHINE = "127.0.0.1,localhost";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");

    /** What cannot hold a key, and may name a variable that others need. */
    private static final Set<String> OPEN_FIELDS = Set.of("baseUrl", "name", "keyUrl", "dialect", "models", "aliases");

    /** How variables of keys end. */
    private static final Pattern KEY_END =
            Pattern.compile("_(API_?KEY|API_TOKEN|ACCESS_TOKEN|AUTH_TOKEN|TOKEN|KEY|PAT|ACCESS_KEY)$");

    /** What stands behind the same name where somebody leads a client to another address. */
    private static final List<String> ADDRESS_ENDS = List.of(
            "_BASE_URL",
            "_API_BASE",
            "_API_BASE_URL",
            "_API_URL",
            "_URL",
            "_ENDPOINT",
            "_API_ENDPOINT",
            "_API_HOST",
            "_HOST");

    /**
     * How variables end that only clients of such an API read. A program's own prefix may stand before the API's name, as in {@code
     * AIDER_OPENAI_API_BASE}.
     */
    private static final List<String> CLIENT_ENDS = List.of("_API_KEY", "_BASE_URL", "_API_BASE", "_API_BASE_URL");

    /** Addresses, models, accounts and headers of the two APIs and of whatever model it is, and switches of agents to clouds. */
    private static final List<String> LEADING = List.of(
            "ANTHROPIC_",
            "OPENAI_",
            "LLM_",
            "AZURE_OPENAI_",
            "CLAUDE_CODE_USE_",
            "CLAUDE_CODE_SKIP_",
            "CLAUDE_CODE_OAUTH_",
            "CLAUDE_CODE_API_",
            "CLAUDE_CODE_MAX_CONTEXT_TOKENS",
            "CLAUDE_CODE_AUTO_COMPACT_WINDOW",
            "CLAUDE_CODE_MAX_OUTPUT_TOKENS",
            "CLAUDE_CODE_SUBAGENT_MODEL",
            // Of the session of an agent that all this is started in: inside of one it would not start, and its token
            // is a key.
            "CLAUDECODE",
            "CLAUDE_CODE_ENTRYPOINT",
            "CLAUDE_CODE_SESSION",
            "CLAUDE_CODE_EXECPATH",
            "CODEX_API_KEY",
            "CODEX_ACCESS_TOKEN",
            "OPENCODE_CONFIG_CONTENT",
            "OPENCODE_AUTH_CONTENT",
            "OPENCODE_API_KEY",
            "QWEN_DEFAULT_AUTH_TYPE",
            "QWEN_MODEL",
            "CONTINUE_API_",
            "CLINE_API_",
            "CLINE_PROVIDER_SETTINGS_PATH",
            "CLINE_SESSION_BACKEND_MODE",
            "VERTEX_",
            "PATCHBAY_TOKEN");

    private final Map<String, String> variables;

    private AgentEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** @param inherited the variables of this process */
    static AgentEnvironment of(Map<String, String> inherited, RegistrySnapshot registry, ProviderCatalog catalog) {
        Set<String> keys = keyVariables(registry, catalog);
        Set<String> left = upperCase(keys);
        left.addAll(ofStems(keys, ADDRESS_ENDS));
        Set<String> clients = ofStems(keys, CLIENT_ENDS);
        SecretSearch secrets = new SecretSearch();
        keys.forEach(name -> {
            String value = inherited.get(name);
            if (value != null) {
                secrets.add(value);
            }
        });
        registry.providers().forEach(provider -> provider.definition().ifPresent(known -> add(known, secrets)));
        Map<String, String> kept = new TreeMap<>(inherited);
        kept.keySet().removeIf(name -> {
            String upper = name.toUpperCase(Locale.ROOT);
            return left.contains(upper)
                    || endsWithAny(upper, clients)
                    || LEADING.stream().anyMatch(upper::startsWith);
        });
        kept.entrySet().removeIf(variable -> secrets.isIn(variable.getValue()));
        return new AgentEnvironment(kept);
    }

    /** The same with a variable set. */
    void put(String name, String value) {
        variables.put(name, value);
    }

    /** What a proxy would be asked for stays on this machine. */
    void excludeThisMachineFromProxies() {
        for (String name : PAST_PROXIES) {
            String given = variables.getOrDefault(name, "").strip();
            variables.put(name, THIS_MACHINE + (given.isEmpty() ? "" : "," + given));
        }
    }

    Map<String, String> variables() {
        return variables;
    }

    private static Set<String> keyVariables(RegistrySnapshot registry, ProviderCatalog catalog) {
        Set<String> names = new TreeSet<>(catalog.keyVariables());
        List<Provider> all = new ArrayList<>(registry.providers());
        Set<String> untested = catalog.presets();
        registry.presets().stream()
                .filter(id -> !untested.contains(id) || registry.find(id).isPresent())
                .forEach(id -> registry.findNamed(id).ifPresent(all::add));
        registry.presets().stream()
                .filter(untested::contains)
                .forEach(id -> registry.findNamed(id)
                        .filter(preset -> !preset.location().source().startsWith("catalog:"))
                        .ifPresent(all::add));
        all.forEach(provider -> provider.tree().ifPresent(tree -> collect(tree, names)));
        return names;
    }

    private static void collect(MapNode definition, Set<String> names) {
        for (MapNode.Entry field : definition.entries()) {
            if (!OPEN_FIELDS.contains(field.key().text())) {
                collect(field.value(), false, names);
            }
        }
    }

    private static void collect(Node node, boolean isName, Set<String> names) {
        if (node instanceof ScalarNode scalar) {
            if (isName) {
                names.add(scalar.text());
            }
            Matcher references = REFERENCE.matcher(scalar.text());
            while (references.find()) {
                names.add(references.group(1));
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> collect(item, false, names));
        } else if (node instanceof MapNode map) {
            map.entries()
                    .forEach(entry -> collect(entry.value(), entry.key().text().equals("env"), names));
        }
    }

    private static Set<String> upperCase(Set<String> names) {
        Set<String> upper = new TreeSet<>();
        names.forEach(name -> upper.add(name.toUpperCase(Locale.ROOT)));
        return upper;
    }

    /** What stands before the end of a variable of a key names an API: that with each of the endings. */
    private static Set<String> ofStems(Set<String> keys, List<String> endings) {
        Set<String> names = new TreeSet<>();
        for (String key : upperCase(keys)) {
            Matcher end = KEY_END.matcher(key);
            if (end.find()) {
                String stem = key.substring(0, end.start());
                endings.forEach(ending -> names.add(stem + ending));
            }
        }
        return names;
    }

    /** Whether a name is one of those, or ends with one behind an underscore. */
    private static boolean endsWithAny(String name, Set<String> endings) {
        int from = 0;
        while (!endings.contains(name.substring(from))) {
            from = name.indexOf('_', from) + 1;
            if (from == 0) {
                return false;
            }
        }
        return true;
    }

    private static void add(Definition definition, SecretSearch secrets) {
        try {
            secrets.add(RouteResolver.resolve(definition, RouteOverrides.model("any"))
                    .secrets());
        } catch (ConfigurationException notRouted) {
            // Its variables are known all the same.
        }
    }
}
