package dev.patchbay.daemon.rest;

import dev.patchbay.daemon.problem.Problem;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which operation a method and a path mean. */
final class ApiRoutes {

    /** What an operation does; it may wait. */
    interface Operation {
        Reply run(Call call);
    }

    /**
     * One operation.
     *
     * @param template its path behind the base, with names in braces
     */
    record Route(HttpMethod method, String template, Operation operation) {

        private Optional<Map<String, String>> match(List<String> segments) {
            List<String> wanted = List.of(template.substring(1).split("/"));
            if (wanted.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> names = new LinkedHashMap<>();
            for (int i = 0; i < wanted.size(); i++) {
                String part = wanted.get(i);
                if (part.startsWith("{")) {
                    names.put(part.substring(1, part.length() - 1), segments.get(i));
                } else if (!part.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(names);
        }
    }

    /** A route and what stands in the place of its names. */
    record Match(Route route, Map<String, String> names) {}

    private final List<Route> routes = new ArrayList<>();

    /** Adds an operation; of two that fit a path, the one added first counts. */
    ApiRoutes add(HttpMethod method, String template, Operation operation) {
        routes.add(new Route(method, template, operation));
        return this;
    }

    /**
     * The operation.
     *
     * @param path behind the base
     * @throws Problem with status 404 or 405 if there is none
     */
    Match find(HttpMethod method, String path) {
        List<String> segments = PathSegments.of(path);
        TreeSet<String> others = new TreeSet<>();
        Optional<String> template = Optional.empty();
        for (Route route : routes) {
            Optional<Map<String, String>> names = route.match(segments);
            if (names.isEmpty() || (template.isPresent() && !template.get().equals(route.template))) {
                continue;
            }
            template = Optional.of(route.template);
            if (route.method.equals(method)) {
                return new Match(route, names.get());
            }
            others.add(route.method.name());
        }
        if (others.isEmpty()) {
            throw Problem.of(404, "there is nothing at this path; /api/v1/openapi.yaml lists what there is");
        }
        throw Problem.of(405, "this path takes " + String.join(" and ", others));
    }

    /** The methods that a path takes; none if there is nothing. */
    Set<String> methods(String path) {
        TreeSet<String> methods = new TreeSet<>();
        Optional<Route> first = routes.stream()
                .filter(route -> route.match(PathSegments.of(path)).isPresent())
                .findFirst();
        routes.stream()
                .filter(route -> first.isPresent() && route.template.equals(first.get().template))
                .forEach(route -> methods.add(route.method.name()));
        return methods;
    }
}
