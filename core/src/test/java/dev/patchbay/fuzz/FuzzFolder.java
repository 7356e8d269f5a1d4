package dev.patchbay.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the runs of one target keep what they start from and what they find; what was learnt stays for the next run. */
record FuzzFolder(Path root) {

    /** Strings of JSON with their quotes, and keys of YAML. */
    private static final Pattern WORD = Pattern.compile("\"[A-Za-z0-9_. -]{1,32}\"|[A-Za-z]{2,32}: ");

    static FuzzFolder prepared(Path root, Target target) throws IOException {
        FuzzFolder folder = new FuzzFolder(root.toAbsolutePath());
        Files.createDirectories(folder.seeds());
        Files.createDirectories(folder.corpus());
        Files.createDirectories(folder.findings());
        List<byte[]> seeds = target.seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.seeds().resolve("seed-" + i), seeds.get(i));
        }
        Files.write(folder.dictionary(), words(seeds));
        return folder;
    }

    Path seeds() {
        return root.resolve("seeds");
    }

    Path corpus() {
        return root.resolve("corpus");
    }

    Path findings() {
        return root.resolve("findings");
    }

    Path dictionary() {
        return root.resolve("dictionary");
    }

    Path log() {
        return root.resolve("log");
    }

    private static Set<String> words(List<byte[]> seeds) {
        Set<String> words = new TreeSet<>();
        words.add("\"\\x0a\\x0a\"");
        words.add("\"data: \"");
        words.add("\"data: [DONE]\\x0a\\x0a\"");
        for (byte[] seed : seeds) {
            Matcher matcher = WORD.matcher(new String(seed, StandardCharsets.UTF_8));
            while (matcher.find()) {
                words.add("\"" + matcher.group().replace("\"", "\\\"") + "\"");
            }
        }
        return words;
    }
}
