package dev.patchbay.workbench.explain;

import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.internal.route.Endpoints;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import dev.patchbay.workbench.explain.ExplainedValue.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The values that a definition has without saying them. */
final class DefaultValues {

    private static final String OF_FIELD = "default of the field";
    private static final String BY_DIALECT = "by dialect";
    private static final String MODEL = "{model}";

    private final Definition definition;
    private final List<ExplainedValue> leaves = new ArrayList<>();

    private DefaultValues(Definition definition) {
        this.definition = definition;
    }

    static List<ExplainedValue> of(Definition definition) {
        DefaultValues defaults = new DefaultValues(definition);
        defaults.add(OF_FIELD, true, "enabled");
        defaults.add(OF_FIELD, definition.id(), "name");
        defaults.add(OF_FIELD, definition.dialect(), "dialect");
        defaults.endpoints();
        definition.auth().ifPresent(defaults::auth);
        defaults.add(OF_FIELD, "allow", "unknownModels");
        if (definition.defaultModel().isEmpty()) {
            definition.models().keySet().stream()
                    .findFirst()
                    .ifPresent(first -> defaults.add("the first model that is listed", first, "defaultModel"));
        }
        defaults.http(definition.http());
        defaults.add(OF_FIELD, false, "allowInsecureHttp");
        return defaults.leaves;
    }

    private void endpoints() {
        Endpoints.of(definition).ifPresent(endpoints -> {
            for (Operation operation : Operation.values()) {
                if (!definition.endpoints().containsKey(operation)) {
                    endpoints
                            .target(operation, MODEL, true)
                            .ifPresent(target -> add(
                                    BY_DIALECT,
                                    KeyMasks.url(target.url().toString()).replace("%7Bmodel%7D", MODEL),
                                    "endpoints",
                                    operation.key()));
                }
            }
        });
    }

    private void auth(Auth auth) {
        add(BY_DIALECT, auth.type(), "auth", "type");
        CredentialHeader.of(auth).ifPresent(header -> {
            add(BY_DIALECT, header.name(), "auth", "header");
            if (!header.prefix().isEmpty()) {
                add(BY_DIALECT, header.prefix(), "auth", "prefix");
            }
        });
    }

    private void http(HttpSettings http) {
        add(OF_FIELD, text(http.connect()), "http", "connectTimeout");
        boolean local =
                definition.baseUrl().flatMap(Origin::of).filter(Origin::isLocal).isPresent();
        add(local ? "default of a local host" : OF_FIELD, local ? "30m" : "5m", "http", "firstByteTimeout");
        add(OF_FIELD, text(http.idle()), "http", "idleTimeout");
        add(OF_FIELD, text(http.total()), "http", "totalTimeout");
        RetryPolicy retries = http.retries();
        add(OF_FIELD, retries.max(), "http", "retries", "max");
        add(OF_FIELD, causes(retries), "http", "retries", "when");
        add(OF_FIELD, text(retries.initialBackoff()), "http", "retries", "backoff", "initial");
        add(OF_FIELD, text(retries.maxBackoff()), "http", "retries", "backoff", "max");
        add(OF_FIELD, text(retries.maxWait()), "http", "retries", "maxWait");
        add(OF_FIELD, "inherit", "http", "proxy");
        add(OF_FIELD, false, "http", "tls", "insecureSkipVerify");
    }

    private static List<Object> causes(RetryPolicy retries) {
        List<Object> causes = new ArrayList<>(new TreeSet<>(retries.statuses()));
        if (retries.network()) {
            causes.add("network");
        }
        return causes;
    }

    private static String text(Timeout timeout) {
        return timeout.limit().map(DefaultValues::text).orElse("off");
    }

    private static String text(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return duration.toMillis() + "ms";
        }
        boolean minutes = duration.toSecondsPart() == 0 && duration.toMinutes() > 1;
        return minutes ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }

    private void add(String why, Object value, String... path) {
        leaves.add(ExplainedValue.builder(List.of(path), Status.DEFAULT, value)
                .note(why)
                .build());
    }
}
