package dev.patchbay.workbench.verify;

import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A host whose network is a script: every call gets the same answer, and every secret is the canary. */
final class ScriptedHost implements ProviderContext, HttpTransport {

    /** What every secret holds. */
    static final String CANARY = "canary-of-the-verifier";

    private final @Nullable CannedReply answer;
    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger secretsAsked = new AtomicInteger();

    private ScriptedHost(@Nullable CannedReply answer) {
        this.answer = answer;
    }

    static ScriptedHost answering(CannedReply answer) {
        return new ScriptedHost(answer);
    }

    /** A host that reaches nobody. */
    static ScriptedHost offline() {
        return new ScriptedHost(null);
    }

    List<HttpCall> calls() {
        return calls;
    }

    int secretsAsked() {
        return secretsAsked.get();
    }

    @Override
    public HttpReply send(HttpCall call) {
        calls.add(call);
        return Optional.ofNullable(answer)
                .map(CannedReply::opened)
                .orElseThrow(() -> new ProviderException(ProviderException.Kind.NETWORK, "nobody is there"));
    }

    @Override
    public HttpTransport http() {
        return this;
    }

    @Override
    public Secret secret(SecretRef reference) {
        secretsAsked.incrementAndGet();
        return Secret.of(CANARY);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
