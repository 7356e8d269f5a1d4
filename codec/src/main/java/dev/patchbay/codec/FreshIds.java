package dev.patchbay.codec;

import java.util.concurrent.ThreadLocalRandom;

/** Fresh ids, unique for all practical purposes; no secrets. */
public final class FreshIds {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 24;

    private FreshIds() {}

    /** The prefix and 24 of {@code [A-Za-z0-9]}. */
    public static String fresh(String prefix) {
        StringBuilder id = new StringBuilder(prefix.length() + LENGTH).append(prefix);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
