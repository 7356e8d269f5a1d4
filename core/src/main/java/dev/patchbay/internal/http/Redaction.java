package dev.patchbay.internal.http;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the secrets that were sent out of what a provider says: some providers repeat the key that they refuse. */
final class Redaction {

    private static final String MASK = "***";

    /** To mask what is shorter wherever it stands would make any text unreadable: only a value that is nothing else is. */
    private static final int SHORTEST_PART = 8;

    /** A chain of causes that is longer, or a circle, is taken for one that names a secret. */
    private static final int DEEPEST_CAUSE = 20;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final UsedSecrets sent;
    private @Nullable Forms known;

    Redaction(UsedSecrets sent) {
        this.sent = sent;
    }

    /** The same failure, without the secrets; itself if it names none. */
    ProviderException clean(ProviderException failure) {
        String message = String.valueOf(failure.getMessage());
        Forms forms = forms();
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
        Forms forms = forms();
        return isClean(fault, forms)
                ? fault
                : new IllegalStateException(
                        fault.getClass().getName() + ": " + forms.clean(String.valueOf(fault.getMessage())));
    }

    private static boolean isClean(@Nullable Throwable fault, Forms forms) {
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
        return new SecretMention(forms().written());
    }

    /** Secrets are only ever added. */
    private Forms forms() {
        List<Secret> used = sent.used();
        Forms forms = known;
        if (forms == null || forms.secrets != used.size()) {
            forms = new Forms(used);
            known = forms;
        }
        return forms;
    }

    /** What to look for. */
    private static final class Forms {

        private final int secrets;
        private final Set<String> parts = new LinkedHashSet<>();
        private final Set<String> whole = new LinkedHashSet<>();

        Forms(List<Secret> used) {
            secrets = used.size();
            used.forEach(this::add);
        }

        private void add(Secret secret) {
            // A header's value may be a word and the key, or a name, = and the key.
            String[] words = BLANKS.split(secret.reveal().strip(), -1);
            for (String part : words) {
                boolean last = part.equals(words[words.length - 1]);
                add(part, last);
                add(part.substring(part.indexOf('=') + 1), last);
            }
        }

        /** @param key whether it is not only a word before the key */
        private void add(String part, boolean key) {
            if (part.length() < SHORTEST_PART) {
                if (key && !part.isEmpty()) {
                    whole.add(part);
                }
                return;
            }
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            parts.add(part);
            if (part.contains("/")) {
                // In JSON that stands in a text as well.
                parts.add(part.replace("/", "\\/"));
            }
            parts.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
            parts.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        }

        /** As they stand in JSON, one character for each byte. */
        List<String> written() {
            List<String> written = new ArrayList<>();
            parts.forEach(form -> written.add(latin(form)));
            whole.forEach(word -> written.add('"' + latin(word) + '"'));
            return written;
        }

        String clean(String text) {
            if (whole.contains(text.strip())) {
                return MASK;
            }
            String cleaned = text;
            for (String form : parts) {
                cleaned = masked(cleaned, form);
            }
            return cleaned;
        }

        /** In whatever case: what repeats a key may have taken it for the name of a host or of a header. */
        private static String masked(String text, String form) {
            int at = find(text, form, 0);
            if (at < 0) {
                return text;
            }
            StringBuilder out = new StringBuilder(text.length());
            int from = 0;
            while (at >= 0) {
                out.append(text, from, at).append(MASK);
                from = at + form.length();
                at = find(text, form, from);
            }
            return out.append(text, from, text.length()).toString();
        }

        private static int find(String text, String form, int from) {
            for (int at = from; at <= text.length() - form.length(); at++) {
                if (text.regionMatches(true, at, form, 0, form.length())) {
                    return at;
                }
            }
            return -1;
        }

        /** @param text one character for each byte of UTF-8 */
        String cleanBytes(String text) {
            String cleaned = text;
            for (String form : parts) {
                cleaned = masked(cleaned, latin(form));
            }
            for (String word : whole) {
                cleaned = cleaned.replace('"' + latin(word) + '"', '"' + MASK + '"');
            }
            return cleaned;
        }

        private static String latin(String text) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
    }
}
