package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.registry.Provider;
import dev.patchbay.workbench.explain.ExplainedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A provider for people: one fact a line, then what is wrong. */
final class ProviderText {

    private final List<String[]> lines = new ArrayList<>();

    private ProviderText() {}

    static String of(Provider provider, GlobalOptions globals) {
        ProviderText text = new ProviderText();
        text.line("provider", provider.id());
        text.line(
                "state",
                provider.state().name()
                        + provider.reason().map(reason -> ": " + reason).orElse(""));
        text.line("defined in", provider.location() + " (" + provider.layer().word() + ")");
        provider.definition().ifPresent(definition -> {
            text.definition(definition);
            text.others(provider);
        });
        String problems = PrintedProblems.text(provider.problems(), globals);
        return text.aligned() + (problems.isEmpty() ? "" : "\n" + problems + "\n");
    }

    private void definition(Definition definition) {
        line("name", definition.name());
        line("dialect", definition.dialect());
        line("baseUrl", definition.baseUrl().map(PrintableUrl::of));
        for (Operation operation : Operation.values()) {
            line(operation.key() + " URL", CallAddresses.of(definition, operation));
        }
        line("auth", definition.auth().map(ProviderText::auth));
        definition.headers().forEach((name, value) -> line("header", name + ": " + CallAddresses.text(value)));
        definition.query().forEach((name, value) -> line("query", name + "=" + CallAddresses.text(value)));
        line("defaultModel", definition.defaultModel());
        if (!definition.models().isEmpty()) {
            line("models", String.join(", ", definition.models().keySet()));
        }
        definition.aliases().forEach((alias, model) -> line("alias", alias + " = " + model));
        line("keyUrl", definition.keyUrl());
    }

    /** What nobody said is shown where it matters to whoever names a model. */
    private void others(Provider provider) {
        for (ExplainedValue leaf : OtherFields.of(provider)) {
            if (leaf.status() == ExplainedValue.Status.SET || leaf.name().equals("unknownModels")) {
                line(leaf.name(), leaf.value().replace("\n", "\\n"));
            }
        }
    }

    private static String auth(Auth auth) {
        String key = auth.key().map(value -> value.reference().toString()).orElse("no key");
        Optional<CredentialHeader> header = CredentialHeader.of(auth);
        return header.map(known -> known.name() + ": " + known.prefix() + key)
                .orElse(auth.isNone() ? "none" : auth.type() + ": " + key);
    }

    private void line(String name, Optional<String> value) {
        value.ifPresent(text -> line(name, text));
    }

    private void line(String name, String value) {
        lines.add(new String[] {name + ":", Printable.line(value)});
    }

    private String aligned() {
        int width = 0;
        for (String[] line : lines) {
            width = Math.max(width, line[0].length());
        }
        StringBuilder out = new StringBuilder();
        for (String[] line : lines) {
            out.append(line[0])
                    .append(" ".repeat(width - line[0].length() + 1))
                    .append(line[1])
                    .append('\n');
        }
        return out.toString();
    }
}
