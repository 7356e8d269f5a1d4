package dev.patchbay.internal.config.decode;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.HeaderRules;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFormName;
import dev.patchbay.internal.config.secret.FileSecret;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.SecretRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes secrets: they stay references, but whether they are there is looked at now. */
final class SecretDecoder {

    private final DecodeContext context;

    SecretDecoder(DecodeContext context) {
        this.context = context;
    }

    /**
     * A key; the forms are checked already.
     *
     * @param prefix what is put in front of it
     * @return null if it names a file that no file can be, which is reported
     */
    @Nullable SecretValue key(Node node, String prefix) {
        if (node instanceof ScalarNode scalar) {
            return key(scalar, context.trimmed(scalar), prefix);
        }
        MapNode map = (MapNode) node;
        if (map.has(SecretFormName.COMMAND)) {
            return command(map);
        }
        MapNode.Entry form = map.entries().get(0);
        ScalarNode reference = (ScalarNode) form.value();
        return switch (form.key().text()) {
            case SecretFormName.ENV -> key(reference, Template.variable(reference.text()), prefix);
            case SecretFormName.FILE -> file(reference, prefix);
            default ->
                Secrets.from(
                        requireNonNull(
                                context.plugins().secretSources().get(form.key().text())),
                        reference.text(),
                        options(map, form.key().text()),
                        reference.location());
        };
    }

    /** What stands beside the reference, for a plugin's source. */
    private Options options(MapNode map, String scheme) {
        List<Option> declared =
                requireNonNull(context.plugins().secretSources().get(scheme)).options();
        List<MapNode.Entry> rest = map.entries().subList(1, map.entries().size());
        MapNode beside = MapNode.of(map.source(), map.span(), rest);
        return new OptionDecoder(context)
                .decode(beside, declared, scheme, map.entries().get(0).key())
                .all();
    }

    private @Nullable SecretValue command(MapNode map) {
        List<String> argv = new ArrayList<>();
        List<Node> items = ((ListNode) map.get(SecretFormName.COMMAND).orElseThrow()).items();
        items.forEach(item -> argv.add(((ScalarNode) item).text()));
        ScalarNode program = (ScalarNode) items.get(0);
        if (program.text().indexOf('/') >= 0) {
            Path file = SecretFiles.locate(program, context);
            if (file == null) {
                return null;
            }
            argv.set(0, file.toString());
        }
        FieldReader fields = FieldReader.of(context, map);
        return Secrets.command(
                argv,
                fields.valueOrDefault(ProviderFieldTable.COMMAND_TTL),
                fields.valueOrDefault(ProviderFieldTable.COMMAND_TIMEOUT),
                map.location());
    }

    private @Nullable SecretValue file(ScalarNode node, String prefix) {
        Path file = SecretFiles.locate(node, context);
        if (file == null) {
            return null;
        }
        FileSecret secret = Secrets.file(file, node.location());
        secret.problem()
                .or(() -> secret.problemBehind(prefix))
                .ifPresent(problem -> refuse(node, "the file " + file, problem));
        if (secret.isShort()) {
            warnOfShort(node, "the key in " + file);
        }
        return secret;
    }

    private void refuse(ScalarNode node, String subject, KeyRules.Problem problem) {
        context.unavailable(
                node.error(problem.code(), subject + " " + problem.words()).help(problem.help()));
    }

    /** What may be wrong with a key that can be one. */
    private void checkKey(ScalarNode node, String subject, String key, String prefix) {
        KeyRules.problemBehind(prefix, key).ifPresent(problem -> refuse(node, subject, problem));
        if (!key.isBlank() && KeyRules.isShort(key)) {
            warnOfShort(node, subject);
        }
    }

    private void warnOfShort(ScalarNode node, String subject) {
        context.warn(node.warning(
                        Code.SHORT_KEY,
                        subject + " is shorter than eight characters: it is masked only where it stands alone")
                .help("use a longer one; a server that checks none needs none: auth: none"));
    }

    private SecretValue key(ScalarNode node, Template template, String prefix) {
        Evaluation value = template.evaluate(context.environment());
        context.note(node, value, true);
        if (value.isComplete()) {
            Optional<KeyRules.Problem> problem =
                    template.isConstant() ? KeyRules.problemOfLiteral(value.text()) : KeyRules.problem(value.text());
            problem.ifPresent(found -> refuse(node, subject(template), found));
            if (problem.isEmpty()) {
                checkKey(node, subject(template), value.text(), prefix);
            }
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
        Template template = context.trimmed(node);
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

    /**
     * A secret of several lines, such as a private key.
     *
     * @param path the field, for messages
     * @return null if it cannot be one, which is reported
     */
    @Nullable SecretValue document(Node node, String path) {
        MapNode map = node instanceof MapNode form ? form : null;
        if (map != null && map.get(SecretFormName.FILE).orElse(null) instanceof ScalarNode name) {
            Path file = SecretFiles.locate(name, context);
            if (file == null) {
                return null;
            }
            FileSecret secret = Secrets.document(file, name.location());
            secret.problem().ifPresent(problem -> refuse(name, "the file " + file, problem));
            return secret;
        }
        if (map != null && map.has(SecretFormName.COMMAND)) {
            context.error(map.error(Code.SECRET_FORM, path + " has several lines, and a command prints one")
                    .help("write {file: PATH} or $NAME"));
            return null;
        }
        ScalarNode scalar = map == null
                ? (ScalarNode) node
                : map.get(SecretFormName.ENV).orElse(null) instanceof ScalarNode name ? name : null;
        if (scalar == null) {
            return key(node, "");
        }
        Template template = map == null ? context.trimmed(scalar) : Template.variable(scalar.text());
        context.note(scalar, template.evaluate(context.environment()), true);
        return Secrets.value(template, context.environment(), scalar.location());
    }

    /** The value of a header or a query parameter in one of the secret forms; null if it is reported. */
    @Nullable Value hidden(Node node) {
        SecretValue secret = key(node, "");
        return secret == null ? null : new Value.Hidden(secret);
    }

    /** A secret among the options of a dialect; null if it is not of a form that can be handed to a plugin. */
    @Nullable SecretRef reference(Node node) {
        if (node instanceof MapNode map) {
            MapNode.Entry form = map.entries().get(0);
            ScalarNode reference = (ScalarNode) form.value();
            if (form.key().text().equals(SecretFormName.FILE)) {
                return null;
            }
            SecretRef ref = new SecretRef(form.key().text(), reference.text());
            if (ref.source().equals(SecretFormName.ENV)) {
                context.note(reference, Template.variable(reference.text()).evaluate(context.environment()), true);
            }
            return ref;
        }
        ScalarNode scalar = (ScalarNode) node;
        Template template = DecodeContext.template(scalar);
        Optional<String> name = template.onlyVariable();
        if (name.isEmpty()) {
            return null;
        }
        context.note(scalar, template.evaluate(context.environment()), true);
        return new SecretRef(SecretFormName.ENV, name.get());
    }
}
