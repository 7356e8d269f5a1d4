package dev.patchbay.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out whether a piece of JSON may name a secret. Every piece of every stream is searched, so neither is each byte looked at
 * nor each secret searched for by itself (Horspool's method for all of them at once). Holds the secrets as long as it is used;
 * prints none.
 */
public final class SecretMention {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final long ONES = 0x0101010101010101L;
    private static final long BACKSLASHES = ONES * '\\';

    private static final byte[] FOLDED = folded();

    private final byte[][] forms;

    /** Of the shortest form, and no more of any form decides how far the window moves. */
    private final int window;

    /** How far the window moves when this byte is its last one; 0 where a form may stand in it. */
    private final int[] steps = new int[256];

    /** Whether an escape of any character may be one of theirs; text of most languages is full of those of no ASCII. */
    private final boolean anyEscape;

    /** @param forms in which a secret may stand there, one character for each byte */
    SecretMention(List<String> forms) {
        this.forms = forms.stream()
                .filter(form -> !form.isEmpty())
                .map(SecretMention::folded)
                .distinct()
                .map(form -> form.getBytes(ISO_8859_1))
                .toArray(byte[][]::new);
        this.anyEscape = forms.stream().anyMatch(form -> form.chars().anyMatch(c -> c >= 0x80));
        this.window =
                Arrays.stream(this.forms).mapToInt(form -> form.length).min().orElse(0);
        Arrays.fill(steps, window);
        for (byte[] form : this.forms) {
            for (int i = 0; i < window; i++) {
                int at = form[i] & 0xff;
                steps[at] = Math.min(steps[at], window - 1 - i);
            }
        }
        for (int i = 0; i < steps.length; i++) {
            steps[i] = steps[FOLDED[i] & 0xff];
        }
    }

    /** Whether one may be in it: in whatever case, or with characters written as escapes. */
    public boolean isIn(byte[] json) {
        return isEscaped(json) || isWritten(json);
    }

    private boolean isWritten(byte[] json) {
        if (window == 0) {
            return false;
        }
        int last = window - 1;
        while (last < json.length) {
            int step = steps[json[last] & 0xff];
            if (step > 0) {
                last += step;
            } else if (isAt(json, last - window + 1)) {
                return true;
            } else {
                last++;
            }
        }
        return false;
    }

    private boolean isAt(byte[] json, int start) {
        for (byte[] form : forms) {
            int i = 0;
            if (start + form.length <= json.length) {
                while (i < form.length && FOLDED[json[start + i] & 0xff] == form[i]) {
                    i++;
                }
            }
            if (i == form.length) {
                return true;
            }
        }
        return false;
    }

    /** Whether an escape is there that may write a character of theirs, or a slash. */
    private boolean isEscaped(byte[] json) {
        int i = 0;
        while (i < json.length) {
            if (i + Long.BYTES <= json.length) {
                long differing = (long) EIGHT.get(json, i) ^ BACKSLASHES;
                if (((differing - ONES) & ~differing & (ONES << 7)) == 0) {
                    i += Long.BYTES;
                    continue;
                }
            }
            int end = Math.min(json.length, i + Long.BYTES);
            for (; i < end; i++) {
                if (json[i] == '\\' && writes(json, i + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean writes(byte[] json, int at) {
        if (at < json.length && json[at] == '/') {
            return true;
        }
        return at < json.length
                && json[at] == 'u'
                && (anyEscape || (at + 2 < json.length && json[at + 1] == '0' && json[at + 2] == '0'));
    }

    private static String folded(String form) {
        StringBuilder folded = new StringBuilder(form.length());
        form.chars().forEach(c -> folded.append(folded((char) c)));
        return folded.toString();
    }

    private static byte[] folded() {
        byte[] folded = new byte[256];
        for (char c = 0; c < folded.length; c++) {
            folded[c] = (byte) folded(c);
        }
        return folded;
    }

    private static char folded(char c) {
        char lower = Character.toLowerCase(Character.toUpperCase(c));
        return lower < 256 ? lower : c;
    }

    @Override
    public String toString() {
        return "SecretMention[" + forms.length + "]";
    }
}
