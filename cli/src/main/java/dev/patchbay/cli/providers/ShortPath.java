package dev.patchbay.cli.providers;

import dev.patchbay.internal.config.template.Environment;

/** Paths as people write them: {@code ~} for the home of the user. */
final class ShortPath {

    private final String home;

    ShortPath(Environment environment) {
        String said = environment.get("HOME").orElse("");
        this.home = said.endsWith("/") ? said.substring(0, said.length() - 1) : said;
    }

    /** A path. */
    String of(String path) {
        return isHome() && (path.equals(home) || path.startsWith(home + "/"))
                ? "~" + path.substring(home.length())
                : path;
    }

    /** Paths in a sentence. */
    String in(String sentence) {
        return isHome() ? sentence.replace(home + "/", "~/") : sentence;
    }

    private boolean isHome() {
        return home.startsWith("/") && home.length() > 1;
    }
}
