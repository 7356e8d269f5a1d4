package dev.patchbay.daemon.web;

import dev.patchbay.daemon.web.view.PageFrame;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands around pages. */
final class PageFrames {

    private final Assets assets;
    private final Supplier<Optional<String>> damage;

    /** @param damage what is wrong with the store, for whoever is logged in */
    PageFrames(Assets assets, Supplier<Optional<String>> damage) {
        this.assets = assets;
        this.damage = damage;
    }

    /** For whoever is not logged in. */
    PageFrame open(String title) {
        return frame(title, "", "", -1, "", 0, "");
    }

    PageFrame of(PageCall call, String title, String section, long position) {
        return of(call, title, section, position, 0);
    }

    /** @param reload after how many seconds a browser without scripts comes again; 0: not */
    PageFrame of(PageCall call, String title, String section, long position, int reload) {
        return frame(
                title,
                section,
                call.login().csrf(),
                position,
                call.parameter("sent").orElse(""),
                reload,
                damage.get().orElse(""));
    }

    private PageFrame frame(
            String title, String section, String csrf, long position, String sent, int reload, String problem) {
        return new PageFrame(
                title,
                section,
                csrf,
                position,
                sent,
                reload,
                problem,
                assets.path("patchbay.css"),
                assets.path("patchbay.js"),
                assets.path("htmx.js"),
                assets.path("icon.svg"));
    }
}
