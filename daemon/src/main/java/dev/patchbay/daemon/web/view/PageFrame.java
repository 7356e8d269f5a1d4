package dev.patchbay.daemon.web.view;

/**
 * What every page has around its contents.
 *
 * @param title of the window
 * @param section which part of the navigation it belongs to
 * @param csrf what each form sends along; empty where nobody is logged in
 * @param position of the newest event when the page was made; what comes after it is told live
 * @param sent whose half-written text has been sent with this page; empty for none
 * @param reload after how many seconds a browser without scripts comes again; 0: not
 * @param problem what is wrong with the store; empty if nothing is
 */
public record PageFrame(
        String title,
        String section,
        String csrf,
        long position,
        String sent,
        int reload,
        String problem,
        String stylesheet,
        String script,
        String htmx,
        String icon) {}
