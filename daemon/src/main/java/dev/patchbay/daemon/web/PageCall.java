package dev.patchbay.daemon.web;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/**
 * What a browser asks of the page.
 *
 * @param path its segments, decoded
 * @param form what was sent; empty for a GET
 * @param login whose it is
 * @param isFragment whether a script asks, for a part of a page
 */
record PageCall(
        String method, List<String> path, MultiMap query, PageForm form, Logins.Login login, boolean isFragment) {

    boolean isPost() {
        return method.equals("POST");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(text -> !text.isBlank());
    }
}
