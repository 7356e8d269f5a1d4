package dev.patchbay.internal.config.merge;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.load.PresetReader;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.FieldPlace;
import dev.patchbay.internal.config.schema.ModelFields;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields;
import dev.patchbay.internal.config.schema.SecretFields.Held;
import dev.patchbay.internal.config.schema.SecretFormName;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider file in a plugin jar may not do (provider-files.md, section 4): send the key of a built-in provider, of a preset or of a
 * provider in the user's own files to another origin, take the place of a preset there or lead its prompts away, or have a file read or a command run for a key.
 * Not safe for use by several threads.
 */
public final class JarRules {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");

    /**
     * What a jar may say of a preset: nothing that leads a prompt or a key to somebody else, or puts words into a request. What is not
     * named here it may not say, new fields included.
     */
    private static final Set<String> OF_PRESETS = names(
            ProviderFieldTable.ENABLED,
            ProviderFieldTable.NAME,
            ProviderFieldTable.KEY_URL,
            ProviderFieldTable.STATUS_URL,
            ProviderFieldTable.DIALECT,
            ProviderFieldTable.BASE_URL,
            ProviderFieldTable.ENDPOINTS,
            ProviderFieldTable.API_KEY,
            ProviderFieldTable.AUTH,
            ProviderFieldTable.QUIRKS,
            ProviderFieldTable.MODELS,
            ProviderFieldTable.UNKNOWN_MODELS,
            ProviderFieldTable.ALIASES,
            ProviderFieldTable.DEFAULT_MODEL,
            ProviderFieldTable.CATALOG);

    private static final Set<String> OF_MODELS = names(
            ModelFields.UPSTREAM_ID,
            ModelFields.NAME,
            ModelFields.DIALECT,
            ModelFields.CONTEXT,
            ModelFields.MAX_OUTPUT,
            ModelFields.INPUT,
            ModelFields.TOOLS,
            ModelFields.PRICE,
            ModelFields.FIRST_BYTE_TIMEOUT,
            ModelFields.QUIRKS);

    private final boolean jarsDefine;
    private final List<RawDefinition> definitions;
    private final Presets presets;
    private final PresetReader reader;
    private final OriginStep origins;

    private @Nullable Map<String, String> presetTexts;

    /** @param definitions all of them; those of other layers than the jars' are protected */
    public JarRules(List<RawDefinition> definitions, Presets presets, Vocabulary vocabulary, Environment environment) {
        this.jarsDefine = definitions.stream().anyMatch(definition -> definition.layer() == Layer.PLUGIN);
        this.definitions = definitions;
        this.presets = presets;
        this.reader = new PresetReader(presets, vocabulary);
        this.origins = new OriginStep(environment);
    }

    /** What jars did in a definition that they may not do, be it their own or one that extends theirs. */
    public List<Diagnostic> problems(MergedDefinition merged) {
        if (!jarsDefine) {
            return List.of();
        }
        List<Diagnostic> problems = new ArrayList<>(0);
        for (MergedDefinition step = merged; step != null; step = step.below().orElse(null)) {
            if (step.definition().layer() == Layer.PLUGIN) {
                ofPreset(step, problems);
            }
        }
        look(List.of(), merged.tree(), merged.tree(), problems);
        return problems;
    }

    private static Set<String> names(Field<?>... fields) {
        return Stream.of(fields).map(Field::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Adds what is wrong with what a jar defines by the id of a preset. */
    private void ofPreset(MergedDefinition merged, List<Diagnostic> problems) {
        String id = merged.definition().id();
        RawDefinition preset = preset(id).orElse(null);
        if (preset == null) {
            return;
        }
        String what = id + " is a preset for " + whereTo(preset.body());
        if (!isAtHome(merged.tree(), preset)) {
            problems.add(merged.definition()
                    .key()
                    .error(Code.PLUGIN_CONFLICT, what + ", and a plugin jar cannot make another of it")
                    .help(
                            "a plugin that brings another provider gives it an id of its own; a file of yours may use this one")
                    .build());
        }
        for (MapNode.Entry entry : merged.tree().entries()) {
            foreignToPreset(List.of(), entry, what, problems);
        }
    }

    private static void foreignToPreset(
            List<String> parent, MapNode.Entry entry, String what, List<Diagnostic> problems) {
        List<String> path = new ArrayList<>(parent);
        path.add(entry.key().text());
        boolean isModels = path.get(0).equals(ProviderFieldTable.MODELS.name());
        boolean mayStand =
                OF_PRESETS.contains(path.get(0)) && !(isModels && path.size() == 3 && !OF_MODELS.contains(path.get(2)));
        if (!mayStand && isOfJar(entry.value())) {
            problems.add(entry.key()
                    .error(Code.PLUGIN_CONFLICT, what + ", and a plugin jar cannot set its " + String.join(".", path))
                    .help("let the jar give its provider an id of its own, or write this into a file of your own")
                    .build());
        } else if (mayStand && isModels && path.size() < 3 && entry.value() instanceof MapNode map) {
            map.entries().forEach(below -> foreignToPreset(path, below, what, problems));
        }
    }

    private static boolean isOfJar(Node value) {
        if (value instanceof MapNode map && map.layer() != Layer.PLUGIN) {
            return map.entries().stream().anyMatch(entry -> isOfJar(entry.value()));
        }
        return value.layer() == Layer.PLUGIN;
    }

    private Optional<RawDefinition> preset(String id) {
        return definitions.stream()
                .filter(definition ->
                        definition.layer() == Layer.PRESET && definition.id().equals(id))
                .findFirst()
                .or(() -> presets.ids().contains(id) ? reader.named(id) : Optional.empty());
    }

    private void look(List<String> path, Node node, MapNode tree, List<Diagnostic> problems) {
        if (node instanceof MapNode map) {
            boolean secret = isSecretForm(path, map);
            for (MapNode.Entry entry : map.entries()) {
                String key = entry.key().text();
                if (entry.value().layer() == Layer.PLUGIN && secret && SecretFormName.OF_USERS.contains(key)) {
                    problems.add(formOfUsers(entry, key));
                } else if (secret && key.equals(SecretFormName.ENV) && entry.value() instanceof ScalarNode name) {
                    check(Set.of(name.text()), name, tree, problems);
                } else {
                    List<String> below = new ArrayList<>(path);
                    below.add(key);
                    look(below, entry.value(), tree, problems);
                }
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> look(path, item, tree, problems));
        } else {
            check(variables(((ScalarNode) node).text()), node, tree, problems);
        }
    }

    /** What stands in an option of a plugin may be a secret whatever the table says. */
    private static boolean isSecretForm(List<String> path, MapNode map) {
        boolean isOption = path.size() == 2 && path.get(0).equals(ProviderFieldTable.OPTIONS.name());
        return isOption || (!path.isEmpty() && FieldPlace.of(path).isSecretForm(map));
    }

    private static Diagnostic formOfUsers(MapNode.Entry entry, String form) {
        return entry.key()
                .error(Code.SECRET_FORM, "a plugin jar cannot name a " + form + " for a key")
                .help("let the jar name a variable, $NAME, or write the definition into a file of your own")
                .build();
    }

    private void check(Set<String> variables, Node node, MapNode tree, List<Diagnostic> problems) {
        if (node.layer() != Layer.PLUGIN) {
            return;
        }
        for (String variable : variables) {
            List<RawDefinition> owners = owners(variable);
            if (!owners.isEmpty() && owners.stream().noneMatch(owner -> isAtHome(tree, owner))) {
                String names = owners.stream().map(RawDefinition::id).distinct().collect(Collectors.joining(", "));
                problems.add(node.error(
                                Code.CREDENTIAL_DROPPED,
                                variable + " is the key of " + names + ", and a plugin jar cannot have it sent to "
                                        + foreign(tree, owners))
                        .help("let the jar name a variable of its own, or write the definition into a file of your own")
                        .build());
            }
        }
    }

    /** Whether all that the definition sends goes where the owner's goes, and by no proxy or certificate that a jar brings in. */
    private boolean isAtHome(MapNode tree, RawDefinition owner) {
        return away(tree, home(owner)).isEmpty()
                && BoundSettings.broughtIn(owner.body(), tree)
                        .filter(setting -> setting.value().layer() == Layer.PLUGIN)
                        .isEmpty();
    }

    private Optional<Node> away(MapNode tree, List<Node> home) {
        return targets(tree).stream()
                .filter(target -> home.stream().noneMatch(known -> origins.isSame(known, target)))
                .findFirst();
    }

    /** Where a key would go that belongs elsewhere; if what is foreign is a proxy alone, where the request goes behind it. */
    private String foreign(MapNode tree, List<RawDefinition> owners) {
        List<Node> home = owners.stream().flatMap(owner -> home(owner).stream()).toList();
        return away(tree, home).flatMap(origins::origin).map(Origin::toString).orElseGet(() -> whereTo(tree));
    }

    /** Where the owner of a key sends it: to what it names, or else to what it extends. None if that is a jar's. */
    private List<Node> home(RawDefinition owner) {
        Set<RawDefinition> seen = new HashSet<>(2);
        List<Node> home = new ArrayList<>(1);
        Optional<RawDefinition> next = Optional.of(owner);
        while (next.isPresent() && seen.add(next.get())) {
            RawDefinition definition = next.get();
            if (definition.layer() == Layer.PLUGIN) {
                return List.of();
            }
            if (home.isEmpty()) {
                home.addAll(targets(definition.body()));
            }
            next = extended(definition);
        }
        return home;
    }

    private Optional<RawDefinition> extended(RawDefinition definition) {
        if (!(definition.body().get(ProviderFieldTable.EXTENDS.name()).orElse(null) instanceof ScalarNode target)) {
            return Optional.empty();
        }
        String id = target.text();
        if (id.startsWith(PresetReader.PREFIX)) {
            return preset(id.substring(PresetReader.PREFIX.length()));
        }
        return definitions.stream()
                .filter(other -> other.id().equals(id) && !other.equals(definition))
                .max(Comparator.comparing(RawDefinition::layer));
    }

    private static List<Node> targets(MapNode definition) {
        List<Node> targets = new ArrayList<>(1);
        definition.get(ProviderFieldTable.BASE_URL.name()).ifPresent(targets::add);
        for (Held endpoint : DefinitionCredentials.absoluteEndpoints(definition)) {
            Node value = endpoint.entry().value() instanceof MapNode map
                    ? map.get(ProviderFieldTable.ENDPOINT_URL.name()).orElse(map)
                    : endpoint.entry().value();
            if (value instanceof ScalarNode url && !url.isNull() && !url.text().startsWith("/")) {
                targets.add(url);
            }
        }
        return targets;
    }

    private String whereTo(MapNode definition) {
        return definition
                .get(ProviderFieldTable.BASE_URL.name())
                .flatMap(origins::origin)
                .map(Origin::toString)
                .orElse("an address that is not known");
    }

    /** The providers of other layers that have this variable for a key. One upon a jar's own is no owner: it has the jar's key. */
    private List<RawDefinition> owners(String variable) {
        List<RawDefinition> owners = new ArrayList<>(0);
        for (RawDefinition definition : definitions) {
            if (keys(definition).contains(variable) && !home(definition).isEmpty()) {
                owners.add(definition);
            }
        }
        presetTexts().forEach((id, text) -> {
            if (text.contains(variable)) {
                reader.named(id)
                        .filter(preset -> keys(preset).contains(variable))
                        .ifPresent(owners::add);
            }
        });
        return owners;
    }

    private Map<String, String> presetTexts() {
        Map<String, String> texts = presetTexts;
        if (texts == null) {
            texts = new LinkedHashMap<>();
            for (String id : presets.ids()) {
                texts.put(
                        id,
                        presets.file(id)
                                .map(file -> new String(file.bytes(), StandardCharsets.UTF_8))
                                .orElse(""));
            }
            presetTexts = texts;
        }
        return texts;
    }

    private static Set<String> keys(RawDefinition definition) {
        Set<String> keys = new HashSet<>(2);
        for (Held held : SecretFields.in(definition.body())) {
            addVariables(held.entry().value(), keys);
        }
        return keys;
    }

    private static void addVariables(Node node, Set<String> names) {
        if (node instanceof MapNode map) {
            map.get(SecretFormName.ENV)
                    .filter(ScalarNode.class::isInstance)
                    .ifPresent(name -> names.add(((ScalarNode) name).text()));
            map.entries().forEach(entry -> addVariables(entry.value(), names));
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> addVariables(item, names));
        } else {
            names.addAll(variables(((ScalarNode) node).text()));
        }
    }

    /** Every name behind a dollar: what a field makes of it does not matter. */
    private static Set<String> variables(String text) {
        Set<String> names = new HashSet<>(0);
        if (text.indexOf('$') >= 0) {
            Matcher reference = REFERENCE.matcher(text.replace("$$", ""));
            while (reference.find()) {
                names.add(reference.group(1));
            }
        }
        return names;
    }
}
