package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.ProxyUrl;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the value of {@code http.proxy}: {@code inherit}, {@code none}, or the URL of a proxy. */
public final class ProxyCheck {

    private static final List<String> WORDS = List.of("inherit", "none");
    private static final String EXAMPLE = "for instance http://proxy.example:3128";

    private ProxyCheck() {}

    /** Whether it is one of the two words. */
    public static boolean isWord(String text) {
        return WORDS.contains(text);
    }

    /** As it stands in a file. */
    static void check(ScalarNode node, String path, ShapeCheck check) {
        Template whole = check.template(node);
        if (whole == null) {
            return;
        }
        ProxyText text = ProxyText.of(node.text());
        if (holdsPassword(text, whole)) {
            node.maskInQuotes();
            LiteralKey.check(node, path + " holds a password", check);
        }
        Template server = parsed(text.server());
        if (server.isConstant()) {
            ScalarCheck.Problem problem =
                    problem(server.evaluate(name -> Optional.empty()).text(), path);
            if (problem != null) {
                check.error(node, problem.code(), problem.message(), problem.help());
            }
        }
    }

    /**
     * What is wrong with a value whose variables are put in; null if nothing is.
     *
     * @param path the field, for the message
     */
    public static ScalarCheck.@Nullable Problem problem(String text, String path) {
        if (isWord(text)) {
            return null;
        }
        if (text.indexOf(':') < 0 && text.indexOf('.') < 0) {
            return new ScalarCheck.Problem(
                    Code.BAD_VALUE,
                    path + " must be inherit, none or the URL of a proxy" + Nearest.question(text, WORDS),
                    EXAMPLE);
        }
        try {
            ProxyUrl.parse(text);
            return null;
        } catch (IllegalArgumentException e) {
            return new ScalarCheck.Problem(Code.BAD_URL, path + ": " + e.getMessage(), EXAMPLE);
        }
    }

    /** Whether a password stands in the value itself, or may. */
    public static boolean holdsPassword(ProxyText text, Template whole) {
        if (!text.hasUserInfo()) {
            return whole.hasLiteralDefault() && text.server().indexOf('@') >= 0;
        }
        Template password = parsed(text.password());
        return password.isConstant() || password.hasLiteralDefault();
    }

    /** A part of what is a template as a whole. */
    private static Template parsed(String part) {
        try {
            return Template.parse(part);
        } catch (TemplateException e) {
            return Template.constant(part);
        }
    }
}
