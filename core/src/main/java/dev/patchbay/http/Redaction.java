package dev.patchbay.http;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Takes the secrets that were sent out of what a provider says: some providers repeat the key that they refuse. */
final class Redaction {

    private static final String MASK = "***";

    /** What is shorter is no key, and masking it would make any text unreadable. */
    private static final int SHORTEST_SECRET = 8;

    private final SecretLog sent;

    Redaction(SecretLog sent) {
        this.sent = sent;
    }

    /** The same failure, without the secrets; itself if it names none. */
    ProviderException clean(ProviderException failure) {
        String message = String.valueOf(failure.getMessage());
        List<String> forms = forms();
        String cleanMessage = clean(message, forms);
        String help = failure.help().orElse("");
        String cleanHelp = clean(help, forms);
        if (cleanMessage.equals(message) && cleanHelp.equals(help)) {
            return failure;
        }
        ProviderException.Builder builder =
                ProviderException.builder(failure.kind(), cleanMessage).retryable(failure.isRetryable());
        failure.status().ifPresent(builder::status);
        failure.retryAfter().ifPresent(builder::retryAfter);
        failure.requestId().ifPresent(builder::requestId);
        failure.help().ifPresent(text -> builder.help(cleanHelp));
        // Without its cause, whose message may say the same.
        return builder.build();
    }

    /** The same text, without the secrets. */
    String clean(String text) {
        return clean(text, forms());
    }

    /** The same bytes of a text, without the secrets; itself if there are none in it. Also as JSON that escapes slashes. */
    byte[] clean(byte[] text) {
        String found = new String(text, StandardCharsets.ISO_8859_1);
        String cleaned = found;
        for (String form : forms()) {
            String bytes = new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            cleaned = cleaned.replace(bytes, MASK).replace(bytes.replace("/", "\\/"), MASK);
        }
        return cleaned.equals(found) ? text : cleaned.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String clean(String text, List<String> forms) {
        String cleaned = text;
        for (String form : forms) {
            cleaned = cleaned.replace(form, MASK);
        }
        return cleaned;
    }

    private List<String> forms() {
        List<String> forms = new ArrayList<>();
        for (Secret secret : sent.used()) {
            // A header's value may be a word and the key, or a name, = and the key.
            for (String part : secret.reveal().split("\\s+", -1)) {
                addForms(part, forms);
                addForms(part.substring(part.indexOf('=') + 1), forms);
            }
        }
        return forms;
    }

    private static void addForms(String part, List<String> forms) {
        if (part.length() < SHORTEST_SECRET) {
            return;
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        forms.add(part);
        forms.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }
}
