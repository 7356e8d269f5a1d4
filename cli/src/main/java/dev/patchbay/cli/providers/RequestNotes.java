package dev.patchbay.cli.providers;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.provider.TextWithSecrets;
import dev.patchbay.registry.Provider;
import dev.patchbay.workbench.curl.CurlConnection;
import dev.patchbay.workbench.curl.ShellText;
import java.util.ArrayList;
import java.util.List;

/** What somebody who is about to paste a request should know. */
final class RequestNotes {

    private RequestNotes() {}

    static List<String> of(Provider provider, RequestPreview preview) {
        List<String> notes = new ArrayList<>();
        for (Diagnostic problem : provider.problems()) {
            if (problem.isError()) {
                notes.add(problem.message() + " (" + problem.location() + ")");
            }
        }
        List<TextWithSecrets> all = new ArrayList<>(preview.url());
        preview.headers().forEach(header -> all.addAll(header.value()));
        all.addAll(preview.body());
        provider.definition()
                .map(definition -> CurlConnection.login(definition.http()))
                .ifPresent(all::addAll);
        for (TextWithSecrets piece : all) {
            if (piece instanceof TextWithSecrets.Gap gap && !ShellText.isLookedUp(gap)) {
                notes.add("put the secret in the place of " + ShellText.standIn(gap));
            }
        }
        for (TextWithSecrets piece : preview.url()) {
            if (piece instanceof TextWithSecrets.Gap) {
                notes.add(piece + " goes into the URL as it is; percent-encode what is neither letter, digit nor one of"
                        + " - . _ ~");
            }
        }
        preview.pluginAuth()
                .ifPresent(type -> notes.add("the credential is missing: only the plugin that brings the auth type "
                        + type + " knows what it adds"));
        return List.copyOf(notes);
    }
}
