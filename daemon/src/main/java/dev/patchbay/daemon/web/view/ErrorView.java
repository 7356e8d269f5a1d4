package dev.patchbay.daemon.web.view;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.session.SessionError;

/** Why a provider failed, in its own words; the status is empty if it gave none, and so is the hint. */
public record ErrorView(String provider, String status, String type, String message, String hint) {

    public static ErrorView of(SessionError error) {
        return new ErrorView(
                Printable.line(error.provider()),
                error.status().isPresent() ? String.valueOf(error.status().getAsInt()) : "",
                error.type().replace('_', ' '),
                Printable.text(error.message()),
                error.hint().map(Printable::text).orElse(""));
    }
}
