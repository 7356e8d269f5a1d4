package dev.patchbay.cli.gateway;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.gateway.Gateway;
import dev.patchbay.gateway.TokenFile;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.route.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/** Serves clients of every dialect until it is interrupted. */
public final class GatewayCommand implements Command {

    private static final String PROVIDER = "--provider";
    private static final String MODEL = "--model";
    private static final String PORT = "--port";
    private static final int USUAL_PORT = 7777;
    private static final int LAST_PORT = 65_535;

    /** Shorter than what service managers wait before they kill. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("gateway");
        spec.addOption(Specs.option(
                PROVIDER, "ID", "Send every request to this provider; default: the name of the model decides."));
        spec.addOption(
                Specs.option(MODEL, "MODEL", "Ask for this model, whatever the client names; default: what it names."));
        spec.addOption(
                Specs.option(PORT, "N", "The port on 127.0.0.1; default: " + USUAL_PORT + "; 0 for a free one."));
        return Specs.help(
                spec,
                "patchbay gateway [OPTIONS]",
                "Serve clients of Anthropic Messages, OpenAI chat and OpenAI Responses from any provider, until interrupted.",
                "patchbay gateway",
                "patchbay gateway --provider groq --model llama-3.3-70b-versatile");
    }

    @Override
    public int run(Invocation invocation) {
        TokenFile token = TokenFile.in(Installation.home(invocation));
        Output err = invocation.terminal().err();
        try (Patchbay patchbay = Installation.watched(invocation, reload -> err.print(ReloadText.of(reload)))) {
            invocation.value(PROVIDER).ifPresent(id -> requireReady(patchbay.registry(), id));
            Gateway.Builder builder = Gateway.builder(patchbay::registry)
                    .environment(invocation.environment())
                    .port(port(invocation.value(PORT)))
                    .token(token.read())
                    .grace(GRACE)
                    .accessLog(record -> err.println(record.toString()));
            invocation.value(MODEL).ifPresent(builder::model);
            if (invocation.value(PROVIDER).isPresent()) {
                builder.provider(invocation.value(PROVIDER).get());
                // Says now, and not to each client, that there is no such provider.
                builder.routing().route("any");
            }
            try (Gateway gateway = builder.start()) {
                CountDownLatch never = new CountDownLatch(1);
                Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "gateway-end"));
                invocation.terminal().out().print(Welcome.text(gateway.url(), token.path(), destination(builder)));
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return ExitCode.OK;
    }

    /** Where requests go, as far as that does not depend on the model that they name. */
    private static String destination(Gateway.Builder builder) {
        try {
            Route route = builder.routing().route("");
            return route.provider() + ", model " + route.upstreamModel();
        } catch (ConfigurationException noDefault) {
            return "what the model's name says";
        }
    }

    private static void requireReady(RegistrySnapshot registry, String id) {
        Optional<Provider> provider = registry.find(id);
        if (provider.isPresent() && !provider.get().isReady()) {
            throw new ConfigurationException(provider.get().problems());
        }
    }

    private static int port(Optional<String> text) {
        try {
            int port = text.map(Integer::parseInt).orElse(USUAL_PORT);
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException notNumber) {
            throw new UsageException(PORT + " wants a number");
        }
        throw new UsageException(PORT + " wants a number up to " + LAST_PORT);
    }
}
