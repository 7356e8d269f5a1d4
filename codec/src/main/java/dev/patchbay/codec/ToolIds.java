package dev.patchbay.codec;

import java.math.BigInteger;

/** Ids of tool calls as an upstream accepts them; pure functions, so that calls and results agree. */
public final class ToolIds {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int MISTRAL_LENGTH = 9;

    private ToolIds() {}

    /** The id for a chat endpoint (dialects.md, T7). */
    public static String forChat(String id, Quirks quirks) {
        if (quirks.toolId().equals("mistral9")) {
            return isMistral(id) ? id : mistral(id);
        }
        return id.codePointCount(0, id.length()) <= quirks.toolIdMax()
                ? id
                : Hashes.shorten(id, id, quirks.toolIdMax());
    }

    /** The id for Anthropic Messages: {@code [A-Za-z0-9_-]{1,64}} (dialects.md, A2). */
    public static String forMessages(String id) {
        return ToolNames.sent(id, 64);
    }

    private static boolean isMistral(String id) {
        return id.length() == MISTRAL_LENGTH && id.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }

    private static String mistral(String id) {
        BigInteger rest = new BigInteger(1, Hashes.sha256(id));
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        StringBuilder text = new StringBuilder(MISTRAL_LENGTH);
        for (int i = 0; i < MISTRAL_LENGTH; i++) {
            BigInteger[] divided = rest.divideAndRemainder(base);
            text.append(DIGITS.charAt(divided[1].intValue()));
            rest = divided[0];
        }
        return text.toString();
    }
}
