package dev.patchbay.daemon.rest;

import dev.patchbay.daemon.problem.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What stands between the slashes of a path. */
public final class PathSegments {

    private PathSegments() {}

    /**
     * The segments, decoded one by one: a slash in one of them parts nothing.
     *
     * @param path with a slash in front
     * @throws Problem with status 400 if it is not percent-encoded as it should be
     */
    public static List<String> of(String path) {
        List<String> segments = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            try {
                segments.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                throw Problem.of(400, "the path is not percent-encoded as it should be");
            }
        }
        return segments;
    }
}
