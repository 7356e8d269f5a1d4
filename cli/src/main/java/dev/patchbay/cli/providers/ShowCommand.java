package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.registry.Provider;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Shows one provider as it is after merging and substitution, its problems included. */
public final class ShowCommand implements Command {

    private static final String JSON = "--json";
    private static final String REQUEST = "--request";
    private static final String MODEL = "--model";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("show");
        spec.addPositional(Specs.argument("ID", "1", "The provider."));
        spec.addOption(Specs.flag(
                REQUEST, "Print the request that a launch would send, as curl, each key as the place it comes from."));
        spec.addOption(
                Specs.option(List.of("-m", MODEL), "MODEL", "The model of that request; default: the provider's own."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers show [OPTIONS] ID",
                "Show a provider with everything merged and substituted; a key is shown as the variable that holds it.",
                "patchbay providers show anthropic",
                "patchbay providers show groq --config config/providers --json",
                "patchbay providers show groq --request --model openai/gpt-oss-20b");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (invocation.value(MODEL).isPresent() && !invocation.has(REQUEST)) {
            throw new UsageException("--model is for --request");
        }
        try (Patchbay patchbay = Installation.open(invocation)) {
            Provider provider = ProviderLookup.provider(patchbay.registry(), arguments.get(0));
            if (invocation.has(REQUEST)) {
                return new RequestView(provider, invocation.terminal())
                        .print(patchbay, invocation, invocation.has(JSON));
            }
            Output out = invocation.terminal().out();
            if (invocation.has(JSON)) {
                out.lines(JsonText.write(
                        ProviderJson.full(provider, invocation.globals()).toMap()));
            } else {
                out.print(ProviderText.of(provider, invocation.globals()));
            }
            return ExitCode.OK;
        }
    }
}
