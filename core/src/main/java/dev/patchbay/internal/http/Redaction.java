package dev.patchbay.internal.http;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the secrets that were sent out of what a provider says: some providers repeat the key that they refuse. */
final class Redaction {

    /** A chain of causes that is longer, or a circle, is taken for one that names a secret. */
    private static final int DEEPEST_CAUSE = 20;

    private final UsedSecrets sent;
    private Function<List<Secret>, SecretForms> search;
    private @Nullable SecretForms known;

    Redaction(UsedSecrets sent) {
        this(sent, (Function<List<Secret>, SecretForms>) SecretForms::new);
    }

    /** For secrets that this process holds anyway. */
    Redaction(UsedSecrets sent, KnownSecretForms known) {
        this(sent, (Function<List<Secret>, SecretForms>) known);
    }

    private Redaction(UsedSecrets sent, Function<List<Secret>, SecretForms> search) {
        this.sent = sent;
        this.search = search;
    }

    /** One more secret goes along that is to be held no longer than the call. */
    void keepNothing() {
        search = SecretForms::new;
    }

    /** The same failure, without the secrets; itself if it names none. */
    ProviderException clean(ProviderException failure) {
        String message = String.valueOf(failure.getMessage());
        SecretForms forms = forms();
        String cleanMessage = forms.clean(message);
        String help = failure.help().orElse("");
        String cleanHelp = forms.clean(help);
        String requestId = failure.requestId().orElse("");
        String cleanId = forms.clean(requestId);
        boolean same = cleanMessage.equals(message) && cleanHelp.equals(help) && cleanId.equals(requestId);
        if (same && isClean(failure.getCause(), forms)) {
            return failure;
        }
        ProviderException.Builder builder =
                ProviderException.builder(failure.kind(), cleanMessage).retryable(failure.isRetryable());
        failure.status().ifPresent(builder::status);
        failure.retryAfter().ifPresent(builder::retryAfter);
        failure.requestId().ifPresent(text -> builder.requestId(cleanId));
        failure.help().ifPresent(text -> builder.help(cleanHelp));
        // Without its cause, whose message may say the same.
        return builder.build();
    }

    /** The same fault of a plugin's code, without the secrets; itself if neither it nor a cause of it names one. */
    RuntimeException clean(RuntimeException fault) {
        SecretForms forms = forms();
        return isClean(fault, forms)
                ? fault
                : new IllegalStateException(
                        fault.getClass().getName() + ": " + forms.clean(String.valueOf(fault.getMessage())));
    }

    private static boolean isClean(@Nullable Throwable fault, SecretForms forms) {
        Throwable next = fault;
        for (int depth = 0; next != null && depth < DEEPEST_CAUSE; depth++) {
            String message = String.valueOf(next.getMessage());
            if (!forms.clean(message).equals(message)) {
                return false;
            }
            next = next.getCause();
        }
        return next == null;
    }

    /** The same text, without the secrets. */
    String clean(String text) {
        return forms().clean(text);
    }

    /** The same bytes of a text, without the secrets; itself if there are none in it. Also as JSON that escapes slashes. */
    byte[] clean(byte[] text) {
        String found = new String(text, StandardCharsets.ISO_8859_1);
        String cleaned = forms().cleanBytes(found);
        return cleaned.equals(found) ? text : cleaned.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Finds out whether bytes may name one of the secrets that were sent so far. */
    SecretMention mention() {
        return forms().mention();
    }

    /** Secrets are only ever added. */
    private SecretForms forms() {
        List<Secret> used = sent.used();
        SecretForms forms = known;
        if (forms == null || forms.secrets() != used.size()) {
            forms = search.apply(used);
            known = forms;
        }
        return forms;
    }
}
