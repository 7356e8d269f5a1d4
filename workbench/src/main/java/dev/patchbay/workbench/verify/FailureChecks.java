package dev.patchbay.workbench.verify;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a dialect makes of a provider that refuses, answers nonsense, or is not there (dialects.md E1, E4). */
final class FailureChecks {

    private static final List<Integer> STATUSES = List.of(400, 401, 402, 403, 404, 408, 429, 500, 502, 503, 504, 529);
    private static final Duration WAIT = Duration.ofSeconds(7);

    private final DialectExchange exchange;
    private final String prefix;

    FailureChecks(DialectExchange exchange, String prefix) {
        this.exchange = exchange;
        this.prefix = prefix;
    }

    List<VerifierCheck> all() {
        return List.of(
                VerifierCheck.of(prefix + "maps statuses", statuses()),
                VerifierCheck.of(prefix + "honours Retry-After", retryAfter()),
                VerifierCheck.of(prefix + "shows no markup of error pages", markup()),
                VerifierCheck.of(prefix + "fails where the answer cannot be read", unreadable()),
                VerifierCheck.of(prefix + "fails without an answer", offline()));
    }

    private List<String> statuses() {
        List<String> faults = new ArrayList<>();
        for (int status : STATUSES) {
            String what = "status " + status;
            CannedReply refusal = CannedReply.text(status, "refused by the verifier");
            failure(ScriptedHost.answering(refusal), what, Kind.ofStatus(status), faults)
                    .filter(failure -> !failure.status().equals(OptionalInt.of(status)))
                    .ifPresent(failure -> faults.add(what + " is not the status of its exception"));
        }
        return faults;
    }

    private List<String> retryAfter() {
        List<String> faults = new ArrayList<>();
        CannedReply refusal = CannedReply.text(429, "slow down").header("Retry-After", "7");
        failure(ScriptedHost.answering(refusal), "status 429", Kind.RATE_LIMIT, faults)
                .filter(failure -> !failure.retryAfter().equals(Optional.of(WAIT)))
                .ifPresent(failure -> faults.add("its exception does not say the 7 s of Retry-After"));
        return faults;
    }

    private List<String> markup() {
        List<String> faults = new ArrayList<>();
        failure(ScriptedHost.answering(CannedReply.page(502)), "a page", Kind.SERVER, faults)
                .map(failure -> String.valueOf(failure.getMessage()))
                .filter(message -> message.isBlank() || message.contains("<") || message.contains(">"))
                .ifPresent(message -> faults.add("the message is blank or has markup in it"));
        return faults;
    }

    private List<String> unreadable() {
        List<String> faults = new ArrayList<>();
        failure(ScriptedHost.answering(CannedReply.page(200)), "a page", Kind.SERVER, faults);
        failure(ScriptedHost.answering(CannedReply.text(200, "")), "an empty body", Kind.SERVER, faults);
        failure(ScriptedHost.answering(CannedReply.text(200, "[[[")), "garbage", Kind.SERVER, faults);
        return faults;
    }

    private List<String> offline() {
        List<String> faults = new ArrayList<>();
        ScriptedHost host = ScriptedHost.offline();
        failure(host, "no connection", Kind.NETWORK, faults);
        if (host.calls().isEmpty()) {
            faults.add("it made no call through ProviderContext.http(): no setting of the user reaches it");
        }
        return faults;
    }

    /** How a request failed, if it was the dialect that said so. */
    private Optional<ProviderException> failure(ScriptedHost host, String what, Kind expected, List<String> faults) {
        Optional<ProviderException> failure = exchange.failure(host);
        if (failure.isEmpty()) {
            faults.add(what + " is taken for an answer");
        }
        if (failure.filter(FailureChecks::isOfTheHost).isPresent()) {
            faults.add(what + ": " + failure.get().getMessage());
            return Optional.empty();
        }
        failure.filter(exception -> exception.kind() != expected)
                .ifPresent(exception -> faults.add(what + " is not " + expected + " but " + exception.kind()));
        return failure;
    }

    /** The guard around a plugin puts what was no ProviderException into one that is no use to retry. */
    private static boolean isOfTheHost(ProviderException exception) {
        return exception.kind() == Kind.SERVER
                && !exception.isRetryable()
                && String.valueOf(exception.getMessage()).startsWith("plugin ");
    }
}
