package dev.patchbay.workbench.curl;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.provider.TextWithSecrets;
import java.util.ArrayList;
import java.util.List;

/** A request as a curl command that can be pasted into a POSIX shell. */
public final class CurlText {

    private static final String NEXT_LINE = " \\\n  ";

    private CurlText() {}

    /** Of the request that would be sent first. */
    public static String of(RequestPreview preview, HttpSettings http) {
        String url = ShellText.word(preview.url());
        // Without --globoff curl takes brackets and braces of a URL for a pattern.
        boolean pattern = url.chars().anyMatch(c -> "[]{}".indexOf(c) >= 0);
        List<String> lines = new ArrayList<>();
        lines.add("curl --no-buffer " + (pattern ? "--globoff " : "") + url);
        for (RequestPreview.Header header : preview.headers()) {
            List<TextWithSecrets> line = new ArrayList<>();
            line.add(new TextWithSecrets.Text(header.name() + ": "));
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
