package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.ProxyCheck;
import dev.patchbay.internal.config.schema.ProxyText;
import dev.patchbay.internal.config.schema.ScalarCheck;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.ProxySettings;
import dev.patchbay.provider.ProxyUrl;
import dev.patchbay.provider.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes {@code http.proxy}: its host is looked up now, its user name and password stay references. */
final class ProxyDecoder {

    private final DecodeContext context;

    ProxyDecoder(DecodeContext context) {
        this.context = context;
    }

    /** @param field what it is called, for messages */
    ProxySettings decode(@Nullable Node value, String field) {
        ScalarNode node = DecodeContext.scalar(value);
        if (node == null) {
            return ProxySettings.INHERIT;
        }
        ProxyText text = ProxyText.of(node.text());
        noteMissing(node, text);
        Evaluation server = DecodeContext.template(node, text.server()).evaluate(context.environment());
        if (!server.isComplete()) {
            return ProxySettings.INHERIT;
        }
        ScalarCheck.Problem problem = ProxyCheck.problem(server.text(), field);
        if (problem != null) {
            context.error(node.error(problem.code(), problem.message()).help(problem.help()));
            return ProxySettings.INHERIT;
        }
        if (ProxyCheck.isWord(server.text())) {
            return server.text().equals("none") ? ProxySettings.NONE : ProxySettings.INHERIT;
        }
        return through(node, text, ProxyUrl.parse(server.text()), field);
    }

    private ProxySettings through(ScalarNode node, ProxyText text, ProxyUrl url, String field) {
        Optional<SecretValue> credential = Optional.empty();
        if (text.hasUserInfo()) {
            Template template = DecodeContext.template(node, text.decodedUserInfo());
            credential = Optional.of(Secrets.value(template, context.environment(), node.location()));
        } else if (url.userInfo().isPresent()) {
            credential =
                    Optional.of(Secrets.ofProxy(DecodeContext.template(node), context.environment(), node.location()));
        }
        return ProxySettings.through(new ProxyServer(url.host(), url.port(), credential, field));
    }

    /** A variable of the password is missing like that of a key; without another one there is no proxy to speak of. */
    private void noteMissing(ScalarNode node, ProxyText text) {
        Evaluation whole = DecodeContext.template(node).evaluate(context.environment());
        List<Evaluation.Missing> ofPassword = new ArrayList<>(0);
        List<Evaluation.Missing> others = new ArrayList<>(0);
        for (Evaluation.Missing missing : whole.missing()) {
            (text.isInUserInfo(missing.offset()) ? ofPassword : others).add(missing);
        }
        context.note(node, new Evaluation("", ofPassword, whole.trimmed()), true);
        context.note(node, new Evaluation("", others, List.of()), false);
    }
}
