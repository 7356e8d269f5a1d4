package dev.patchbay.config.decode;

import static java.util.Objects.requireNonNull;

import dev.patchbay.config.schema.DurationText;
import dev.patchbay.config.schema.HeaderRules;
import dev.patchbay.config.secret.FileSecret;
import dev.patchbay.config.secret.KeyRules;
import dev.patchbay.config.secret.Secrets;
import dev.patchbay.config.template.Evaluation;
import dev.patchbay.config.template.Template;
import dev.patchbay.config.tree.ListNode;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.SecretRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes secrets: they stay references, but whether they are there is looked at now. */
final class SecretDecoder {

    private static final Duration USUAL_TTL = Duration.ofMinutes(15);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    private final Context context;

    SecretDecoder(Context context) {
        this.context = context;
    }

    /** A key; the forms are checked already. */
    SecretValue key(Node node) {
        if (node instanceof ScalarNode scalar) {
            return key(scalar, Context.template(scalar));
        }
        MapNode map = (MapNode) node;
        if (map.has("command")) {
            return command(map);
        }
        MapNode.Entry form = map.entries().get(0);
        ScalarNode reference = (ScalarNode) form.value();
        return switch (form.key().text()) {
            case "env" -> key(reference, Template.variable(reference.text()));
            case "file" -> file(reference);
            default ->
                Secrets.from(
                        requireNonNull(
                                context.plugs().secretSources().get(form.key().text())),
                        reference.text(),
                        reference.location());
        };
    }

    private static SecretValue command(MapNode map) {
        List<String> argv = new ArrayList<>();
        for (Node item : ((ListNode) map.get("command").orElseThrow()).items()) {
            argv.add(((ScalarNode) item).text());
        }
        ScalarNode program = (ScalarNode)
                ((ListNode) map.get("command").orElseThrow()).items().get(0);
        if (program.text().indexOf('/') >= 0) {
            argv.set(0, SecretFiles.locate(program).toString());
        }
        return Secrets.command(
                argv, duration(map, "ttl", USUAL_TTL), duration(map, "timeout", USUAL_TIMEOUT), map.location());
    }

    private static Duration duration(MapNode map, String field, Duration usual) {
        return map.get(field)
                .flatMap(node -> DurationText.parse(((ScalarNode) node).text()))
                .orElse(usual);
    }

    private SecretValue file(ScalarNode node) {
        FileSecret secret = Secrets.file(SecretFiles.locate(node), node.location());
        secret.problem()
                .ifPresent(problem -> context.unavailable(node.error(problem.code(), "the file " + problem.words())
                        .help(problem.help())));
        return secret;
    }

    private SecretValue key(ScalarNode node, Template template) {
        Evaluation value = template.evaluate(context.environment());
        context.note(node, value, true);
        if (value.isComplete()) {
            Optional<KeyRules.Problem> problem = KeyRules.problem(value.text());
            problem.ifPresent(
                    found -> context.unavailable(node.error(found.code(), subject(template) + " " + found.words())
                            .help(found.help())));
            if (value.text().isBlank()) {
                context.unavailable(node.error(Code.UNSET_VARIABLE, "the key resolves to nothing")
                        .help("name a variable that is set, or write auth: none"));
            }
        }
        return Secrets.key(template, context.environment(), node.location());
    }

    private static String subject(Template template) {
        return template.firstVariable().map(name -> "the key in " + name).orElse("the key");
    }

    /** The value of a header or a query parameter; null if it is left out because it resolves to nothing. */
    @Nullable Value value(ScalarNode node, boolean credential, boolean header) {
        Template template = Context.template(node);
        Evaluation value = template.evaluate(context.environment());
        if (template.isConstant() && !credential) {
            return new Value.Plain(value.text());
        }
        context.note(node, value, true);
        if (value.isComplete() && value.text().isBlank()) {
            return null;
        }
        Optional<String> problem = header ? HeaderRules.problemOfValue(value.text()) : Optional.empty();
        if (value.isComplete() && problem.isPresent()) {
            context.unavailable(node.error(Code.KEY_CHARACTER, subject(template) + ": " + problem.get())
                    .help("copy the value again, without line breaks"));
        }
        return new Value.Hidden(Secrets.value(template, context.environment(), node.location()));
    }

    /** A secret among the options of a dialect; null if it is not of a form that can be handed to a plugin. */
    @Nullable SecretRef reference(Node node) {
        if (node instanceof MapNode map) {
            MapNode.Entry form = map.entries().get(0);
            ScalarNode reference = (ScalarNode) form.value();
            if (form.key().text().equals("file")) {
                return null;
            }
            SecretRef ref = new SecretRef(form.key().text(), reference.text());
            if (ref.source().equals("env")) {
                context.note(reference, Template.variable(reference.text()).evaluate(context.environment()), true);
            }
            return ref;
        }
        ScalarNode scalar = (ScalarNode) node;
        Template template = Context.template(scalar);
        Optional<String> name = template.onlyVariable();
        if (name.isEmpty()) {
            return null;
        }
        context.note(scalar, template.evaluate(context.environment()), true);
        return new SecretRef("env", name.get());
    }
}
