package dev.patchbay.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Inputs made from others by a few changes to bytes, lines and JSON values. The same seed gives the same inputs. */
final class Mutations {

    private static final int HEADER = 2;
    private static final int MOST_CHANGES = 5;
    private static final List<String> WORDS = List.of(
            "\n",
            "\n\n",
            "\r\n",
            "data: ",
            "event: error\n",
            "data: [DONE]\n\n",
            ": ",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "${",
            "$",
            "null",
            "\\",
            "\\ud83d",
            "\u0000",
            "\uFEFF",
            "\uD83D\uDE00",
            "\u2028",
            "&a ",
            "*a",
            "- ",
            "? ",
            "| ",
            "\t",
            "  ",
            "#",
            "[".repeat(600));

    private final Random random;
    private final List<byte[]> seeds;
    private final JsonChanges json;

    Mutations(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
        this.json = new JsonChanges(random);
    }

    byte[] next() {
        byte[] seed = any();
        byte[] content = FuzzInput.of(seed).content();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            content = changed(content);
        }
        boolean sameChoices = random.nextBoolean() && seed.length >= HEADER;
        return sameChoices
                ? FuzzInput.bytes(seed[0], seed[1], content)
                : FuzzInput.bytes((byte) random.nextInt(), (byte) random.nextInt(), content);
    }

    private byte[] changed(byte[] content) {
        return switch (random.nextInt(10)) {
            case 0 -> overwritten(content);
            case 1 -> Arrays.copyOf(content, random.nextInt(content.length + 1));
            case 2 -> replaced(content, WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8));
            case 3 -> replaced(content, piece(FuzzInput.of(any()).content()));
            case 4 -> replaced(content, piece(content));
            case 5, 6 -> lines(content);
            default -> json(content);
        };
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] overwritten(byte[] content) {
        byte[] changed = content.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    private byte[] piece(byte[] content) {
        int from = random.nextInt(content.length + 1);
        return Arrays.copyOfRange(content, from, from + random.nextInt(Math.min(80, content.length - from) + 1));
    }

    /** Puts a word in the place of a few bytes. */
    private byte[] replaced(byte[] content, byte[] word) {
        int from = random.nextInt(content.length + 1);
        int to = Math.min(content.length, from + (random.nextBoolean() ? 0 : random.nextInt(20)));
        byte[] changed = Arrays.copyOf(content, content.length - (to - from) + word.length);
        System.arraycopy(word, 0, changed, from, word.length);
        System.arraycopy(content, to, changed, from + word.length, content.length - to);
        return changed;
    }

    private byte[] lines(byte[] content) {
        List<String> lines = lines(new String(content, StandardCharsets.UTF_8));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size()), lines.get(at));
            case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            default -> {
                List<String> others = lines(new String(FuzzInput.of(any()).content(), StandardCharsets.UTF_8));
                lines.addAll(at, List.of(others.get(random.nextInt(others.size())), ""));
            }
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] json(byte[] content) {
        List<String> lines = lines(new String(content, StandardCharsets.UTF_8));
        int at = random.nextInt(lines.size());
        lines.set(at, json.changed(lines.get(at)));
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(String text) {
        return new ArrayList<>(List.of(text.split("\n", -1)));
    }
}
