package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Interruption;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.workbench.probe.ModelInquiry;
import dev.patchbay.workbench.probe.Probes;
import java.util.function.Consumer;

/** Asks one provider for its models, and says that it does. */
final class ModelsQuestion {

    private ModelsQuestion() {}

    /**
     * Asks, and hands over what is known: what the file says, if the provider does not answer.
     *
     * @return the exit code
     */
    static int ask(Patchbay patchbay, String id, Terminal terminal, Consumer<ModelsReport> report) {
        try (ModelInquiry inquiry = Probes.of(patchbay).models(id)) {
            if (inquiry.url().isEmpty()) {
                terminal.err()
                        .println(
                                "patchbay: provider '" + id + "' offers no list of models; this is what its file says");
                report.accept(
                        ModelsReport.ofFile(inquiry.definition(), CatalogFacts.of(patchbay, inquiry.definition())));
                return ExitCode.OK;
            }
            String calls =
                    inquiry.mostCalls() == 1 ? "1 call" : "1 call, at most " + inquiry.mostCalls() + " for a long list";
            terminal.err()
                    .println("patchbay: asking provider '" + id + "' at "
                            + inquiry.url().get() + ": " + calls);
            return answered(patchbay, inquiry, terminal, report);
        }
    }

    private static int answered(
            Patchbay patchbay, ModelInquiry inquiry, Terminal terminal, Consumer<ModelsReport> report) {
        Progress progress = new Progress(terminal);
        Interruption interruption = Interruption.watch(inquiry::close);
        progress.start("waiting for the list");
        try {
            ModelInquiry.Answered answer = inquiry.ask();
            progress.stop();
            report.accept(
                    ModelsReport.of(inquiry.definition(), answer, CatalogFacts.of(patchbay, inquiry.definition())));
            return ExitCode.OK;
        } catch (ProviderException failure) {
            progress.stop();
            if (failure.kind() == ProviderException.Kind.CANCELLED) {
                terminal.err().println("patchbay: interrupted");
                return ExitCode.INTERRUPTED;
            }
            report.accept(ModelsReport.ofFile(inquiry.definition(), CatalogFacts.of(patchbay, inquiry.definition()))
                    .failed(failure));
            terminal.err().raw(terminal.style().error("error: "));
            terminal.err().message(String.valueOf(failure.getMessage()));
            failure.help().ifPresent(help -> terminal.err().println("help: " + help));
            return ExitCode.FAILED;
        } finally {
            progress.stop();
            interruption.commandEnded();
        }
    }
}
