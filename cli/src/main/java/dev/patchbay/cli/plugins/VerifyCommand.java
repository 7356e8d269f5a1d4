package dev.patchbay.cli.plugins;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.workbench.verify.PluginVerifier;
import dev.patchbay.workbench.verify.Verification;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Checks a jar that is to become a plugin: what its author wants to know before anyone drops it in. */
public final class VerifyCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("verify");
        spec.addPositional(Specs.argument("JAR", "0..1", "A plugin jar, or a folder of jars that are one plugin."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay plugins verify [OPTIONS] JAR",
                "Run every check of a plugin that needs no provider, and say what a host makes of the jar. The code in it"
                        + " runs. Exit code 1 if a check fails.",
                "patchbay plugins verify target/my-plugin-1.0.0.jar",
                "patchbay plugins verify target/my-plugin-1.0.0.jar --json");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.isEmpty()) {
            throw new UsageException("JAR is missing");
        }
        Path jar = jar(arguments.get(0));
        Verification verification = new PluginVerifier().verify(jar);
        invocation
                .terminal()
                .out()
                .print(
                        invocation.has(JSON)
                                ? VerificationReport.json(jar, verification, invocation.globals())
                                : VerificationReport.text(jar, verification, invocation.globals()));
        return verification.isPassed() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Path jar(String argument) {
        try {
            Path jar = Path.of(argument);
            if (!argument.isBlank() && Files.exists(jar)) {
                return jar;
            }
        } catch (InvalidPathException e) {
            throw new UsageException("JAR is not a path: " + e.getReason());
        }
        throw new UsageException("JAR is not there: " + argument);
    }
}
