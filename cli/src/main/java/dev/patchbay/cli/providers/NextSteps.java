package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.registry.Provider;
import dev.patchbay.workbench.curl.ShellText;
import java.util.List;
import java.util.Optional;

/** What to do with a new provider file. */
final class NextSteps {

    private final StringBuilder text = new StringBuilder();

    private final String config;

    private final GlobalOptions globals;

    private NextSteps(String config, GlobalOptions globals) {
        this.config = config;
        this.globals = globals;
    }

    /** @param file where it is written, if that is not where files are read without being named */
    static NextSteps of(String id, NewProvider beginning, Optional<String> file, Invocation invocation) {
        NextSteps steps = new NextSteps(
                file.map(name -> " --config " + ShellText.single(name)).orElse(""), invocation.globals());
        beginning
                .notes()
                .forEach(note ->
                        steps.text.append("note: ").append(Printable.line(note)).append('\n'));
        steps.text.append("next:\n");
        UnsavedDefinitions.of(beginning.yaml(), invocation.environment())
                .find(id)
                .ifPresent(steps::add);
        return steps;
    }

    String text() {
        return text.toString();
    }

    private void add(Provider provider) {
        List<String> missing = UnsavedDefinitions.missing(provider);
        for (String variable : missing) {
            line("export " + variable + "=…");
        }
        if (!missing.isEmpty()) {
            UnsavedDefinitions.value(provider, "keyUrl").ifPresent(url -> line("# a key can be had at " + url));
        }
        line(globals.command("providers validate" + config));
        line(globals.command("providers test " + provider.id() + config));
        boolean model = UnsavedDefinitions.value(provider, "defaultModel").isPresent();
        line(globals.command(
                "launch \"Hello\" --provider " + provider.id() + (model ? "" : " --model MODEL") + config));
    }

    private void line(String command) {
        text.append("  ").append(Printable.line(command)).append('\n');
    }
}
