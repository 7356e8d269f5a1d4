package dev.patchbay.daemon.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The templates, which were compiled with the program. Safe for use by several threads. */
final class Templates {

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), "dev.patchbay.daemon.web.template");

    String render(String name, Map<String, Object> values) {
        StringOutput out = new StringOutput();
        engine.render(name + ".jte", values, out);
        return out.toString();
    }
}
