package dev.patchbay.internal.http;

import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call as it goes onto the wire, the way to other keys if these are refused, and the memory of what was sent. Used by one
 * thread at a time.
 */
public final class PreparedCall {

    private final HttpCall call;
    private final @Nullable SentSecrets secrets;
    private final Function<SecretValue, Secret> lookup;
    private final UsedSecrets log;
    private final Redaction redaction;
    private final Supplier<HttpCall> again;

    private PreparedCall(
            @Nullable SentSecrets secrets,
            Function<SecretValue, Secret> lookup,
            UsedSecrets log,
            Redaction redaction,
            Function<Function<SecretValue, Secret>, HttpCall> completion) {
        this.secrets = secrets;
        this.lookup = lookup;
        this.log = log;
        this.redaction = redaction;
        this.again = () -> completion.apply(lookup);
        this.call = again.get();
    }

    /**
     * A call that is completed now, once.
     *
     * @param forms knows what to look for by its secrets, which are at hand
     */
    static PreparedCall fixed(KnownSecretForms forms, Function<Function<SecretValue, Secret>, HttpCall> completion) {
        UsedSecrets log = new UsedSecrets();
        return new PreparedCall(null, new SentSecrets(log), log, new Redaction(log, forms), completion);
    }

    /**
     * A call that is completed now, and maybe once more.
     *
     * @param completion takes what finds a secret
     */
    static PreparedCall renewable(Function<Function<SecretValue, Secret>, HttpCall> completion) {
        UsedSecrets log = new UsedSecrets();
        SentSecrets secrets = new SentSecrets(log);
        return new PreparedCall(secrets, secrets, log, new Redaction(log), completion);
    }

    public HttpCall call() {
        return call;
    }

    /**
     * What proves the caller to a proxy on the way, {@code user:password}; empty if it wants nothing. Looked up now; whether
     * that may wait says {@link RequestPreparation#mayWait(SecretValue)}.
     *
     * @throws ProviderException if it is not there
     */
    public Optional<Secret> login(ProxyServer proxy) {
        if (proxy.credential().filter(RequestPreparation::mayWait).isPresent()) {
            redaction.keepNothing();
        }
        return proxy.credential().map(lookup).map(log::addLogin);
    }

    /** Whether the answer means that {@link #renewed} may do better: after a 401, once at most. Does not wait. */
    public boolean isRenewedAfter(int status) {
        return status == RouteTransport.UNAUTHORIZED && secrets != null && secrets.renew();
    }

    /**
     * The call with its secrets looked up again; may wait.
     *
     * @throws ProviderException if one is not there any more
     */
    public HttpCall renewed() {
        return again.get();
    }

    /** A failure without the secrets that were sent so far, in whatever form; itself if it names none. */
    public ProviderException clean(ProviderException failure) {
        return redaction.clean(failure);
    }

    /** A text without the secrets that were sent so far. */
    public String clean(String text) {
        return redaction.clean(text);
    }

    /** A body without the secrets that were sent so far; itself, byte for byte, if it names none. */
    public byte[] clean(byte[] body) {
        return redaction.clean(body);
    }

    /** Finds out quickly whether something may name a secret that was sent so far, before it is cleaned with care. */
    public SecretMention mention() {
        return redaction.mention();
    }

    /** Without the headers, which hold the keys. */
    @Override
    public String toString() {
        return call.toString();
    }
}
