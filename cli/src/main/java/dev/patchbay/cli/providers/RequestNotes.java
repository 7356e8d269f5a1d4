package dev.patchbay.cli.providers;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.http.RequestPreview;
import dev.patchbay.provider.Piece;
import dev.patchbay.registry.Provider;
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
        List<Piece> all = new ArrayList<>(preview.url());
        preview.headers().forEach(header -> all.addAll(header.value()));
        all.addAll(preview.body());
        provider.definition()
                .map(definition -> CurlConnection.login(definition.http()))
                .ifPresent(all::addAll);
        for (Piece piece : all) {
            if (piece instanceof Piece.Gap gap && !ShellText.isLookedUp(gap)) {
                notes.add("put the secret in the place of " + ShellText.standIn(gap));
            }
        }
        for (Piece piece : preview.url()) {
            if (piece instanceof Piece.Gap) {
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
