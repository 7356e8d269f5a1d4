package dev.patchbay.provider;

import dev.patchbay.internal.InternalApi;
import dev.patchbay.spi.SecretRef;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stand-ins for secrets in one request that is only shown: they pass through headers, URLs and JSON unchanged, and are found
 * again there. Not safe for use by several threads.
 */
@InternalApi
public final class SecretPlaceholders {

    private static final int NONCE_BYTES = 8;

    private final List<TextWithSecrets.Gap> gaps = new ArrayList<>();
    private final String prefix;
    private final Pattern marks;

    public SecretPlaceholders() {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        this.prefix = "gap" + HexFormat.of().formatHex(nonce) + "x";
        this.marks = Pattern.compile("(\"?)" + prefix + "(\\d+)z(\"?)");
    }

    /** A text, of letters and digits, that stands for a secret. */
    public String mark(SecretRef secret) {
        return mark(new TextWithSecrets.Gap(secret, false));
    }

    /** The same for a member of a JSON body that is no text. */
    public String bareMark(SecretRef secret) {
        return mark(new TextWithSecrets.Gap(secret, true));
    }

    /** The text, with gaps where the marks are. */
    public List<TextWithSecrets> split(String text) {
        List<TextWithSecrets> pieces = new ArrayList<>();
        Matcher matcher = marks.matcher(text);
        int from = 0;
        while (matcher.find()) {
            TextWithSecrets.Gap gap = gaps.get(Integer.parseInt(matcher.group(2)));
            // A member that is no text has been written as one.
            int quote = gap.bare() ? 0 : matcher.group(1).length();
            add(text.substring(from, matcher.start() + quote), pieces);
            pieces.add(gap);
            from = matcher.end() - (gap.bare() ? 0 : matcher.group(3).length());
            matcher.region(from, text.length());
        }
        add(text.substring(from), pieces);
        return pieces;
    }

    private String mark(TextWithSecrets.Gap gap) {
        gaps.add(gap);
        return prefix + (gaps.size() - 1) + "z";
    }

    private static void add(String text, List<TextWithSecrets> pieces) {
        if (!text.isEmpty()) {
            pieces.add(new TextWithSecrets.Text(text));
        }
    }
}
