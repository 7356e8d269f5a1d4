package dev.patchbay.cli.providers;

import dev.patchbay.http.RequestPreview;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Piece;
import java.util.ArrayList;
import java.util.List;

/** A request as a curl command that can be pasted into a POSIX shell. */
final class CurlText {

    private static final String NEXT_LINE = " \\\n  ";

    private CurlText() {}

    static String of(RequestPreview preview, HttpSettings http) {
        String url = ShellText.word(preview.url());
        // Without --globoff curl takes brackets and braces of a URL for a pattern.
        boolean pattern = url.chars().anyMatch(c -> "[]{}".indexOf(c) >= 0);
        List<String> lines = new ArrayList<>();
        lines.add("curl --no-buffer " + (pattern ? "--globoff " : "") + url);
        for (RequestPreview.Header header : preview.headers()) {
            List<Piece> line = new ArrayList<>();
            line.add(new Piece.Text(header.name() + ": "));
            line.addAll(header.value());
            lines.add("-H " + ShellText.word(line));
        }
        lines.addAll(CurlConnection.options(http));
        if (!preview.body().isEmpty()) {
            lines.add("--data-raw " + ShellText.word(preview.body()));
        }
        return String.join(NEXT_LINE, lines);
    }
}
