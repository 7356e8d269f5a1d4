package dev.patchbay.internal.http;

import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Secret;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/** Remembers which secrets went into a request, so that each is looked up once for it, and so that those that can be had anew are, once, when it is refused. */
final class SentSecrets implements Function<SecretValue, Secret> {

    private final UsedSecrets log;
    private final IdentityHashMap<SecretValue, Secret> sent = new IdentityHashMap<>(2);
    private boolean renewed;

    /** @param log where every secret that is looked up is noted */
    SentSecrets(UsedSecrets log) {
        this.log = log;
    }

    @Override
    public synchronized Secret apply(SecretValue value) {
        Secret known = sent.get(value);
        if (known != null) {
            return known;
        }
        Secret secret = log.addResolved(value);
        sent.put(value, secret);
        return secret;
    }

    /** Whether the request may be sent again with other secrets; true once at most. */
    synchronized boolean renew() {
        if (renewed) {
            return false;
        }
        for (Map.Entry<SecretValue, Secret> entry : sent.entrySet()) {
            renewed |= entry.getKey().renew(entry.getValue());
        }
        if (renewed) {
            sent.clear();
        }
        return renewed;
    }
}
