package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the text of a single value against its type. Messages quote nothing of it. */
public final class ScalarCheck {

    private ScalarCheck() {}

    /**
     * What is wrong with a value.
     *
     * @param path the field, for the message
     * @return null if nothing is
     */
    public static @Nullable Problem problem(Shape.Scalar shape, String text, String path) {
        if (!shape.allowed().isEmpty()) {
            return choice(shape, text, path);
        }
        return switch (shape.type()) {
            case TEXT -> null;
            case BOOLEAN -> isBoolean(text) ? null : type(path, "true or false", "write true or false");
            case COUNT ->
                NumberSyntax.count(text).isPresent()
                        ? null
                        : number(path, "a whole number, 0 or more", IntendedValue.count(text));
            case POSITIVE ->
                NumberSyntax.count(text).orElse(0) > 0
                        ? null
                        : number(path, "a whole number, 1 or more", IntendedValue.count(text));
            case DECIMAL ->
                isPrice(text) ? null : number(path, "a number, 0 or more, such as 0.59", IntendedValue.price(text));
            case TIMEOUT -> timeout(text, path);
            case DURATION -> DurationText.parse(text).isPresent() ? null : duration(text, path);
            case BASE_URL, URL -> url(text, path);
            case PROXY -> ProxyCheck.problem(text, path);
            case ENDPOINT -> endpoint(text, path);
            case ENDPOINT_URL ->
                text.startsWith("/")
                        ? new Problem(
                                Code.BAD_URL,
                                "an endpoint with an auth of its own needs a whole URL",
                                "write https://…")
                        : endpoint(text, path);
            case RETRY_CAUSE ->
                isRetryCause(text)
                        ? null
                        : new Problem(
                                Code.BAD_VALUE,
                                path + " holds HTTP statuses from 400 to 599, and network",
                                "for instance [429, 503, network]");
            case HEADER_NAME -> header(HeaderRules.problemOfName(text));
            case HEADER_VALUE -> header(HeaderRules.problemOfValue(text));
            case BODY_PATH ->
                isPath(text)
                        ? null
                        : new Problem(
                                Code.BAD_PATH, path + " holds an empty step", "write a.b for member b of member a");
        };
    }

    /** Whether a text can be the dotted path of a body rule. */
    static boolean isPath(String text) {
        return !text.isEmpty() && !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
    }

    private static @Nullable Problem choice(Shape.Scalar shape, String text, String path) {
        if (shape.allowed().contains(text)) {
            return null;
        }
        String question = Nearest.question(text, shape.allowed());
        return new Problem(Code.BAD_VALUE, path + " must be " + shape.words() + question, "");
    }

    private static boolean isBoolean(String text) {
        return text.equals("true") || text.equals("false");
    }

    private static boolean isPrice(String text) {
        return NumberSyntax.isJsonNumber(text) && !text.startsWith("-");
    }

    private static @Nullable Problem timeout(String text, String path) {
        if (text.equals(DurationText.OFF)) {
            return null;
        }
        boolean nothing =
                DurationText.parse(text).map(java.time.Duration::isZero).orElse(false);
        if (nothing) {
            return new Problem(Code.BAD_VALUE, path + " must be longer than nothing", "write off for no limit");
        }
        return DurationText.parse(text).isPresent() ? null : duration(text, path);
    }

    private static Problem duration(String text, String path) {
        if (DurationText.lacksUnit(text)) {
            return new Problem(
                    Code.DURATION_UNIT,
                    path + " needs a unit",
                    "write " + text + "s for seconds; units are ms, s, m, h");
        }
        return new Problem(
                Code.DURATION_UNIT,
                path + " must be a number with a unit",
                IntendedValue.duration(text)
                        .map(value -> "write " + value)
                        .orElse("for instance 500ms, 30s, 5m or 1h"));
    }

    private static @Nullable Problem url(String text, String path) {
        UrlRules.Problem problem = UrlRules.problem(text);
        if (problem == null) {
            return null;
        }
        String help = problem.code() == Code.USER_INFO
                ? "remove it from the URL and name the key in auth, apiKey or query"
                : IntendedValue.url(text).map(url -> "write " + url).orElse("for instance https://api.example.com/v1");
        return new Problem(problem.code(), path + ": " + problem.message(), help);
    }

    private static @Nullable Problem endpoint(String text, String path) {
        if (!text.startsWith("/")) {
            UrlRules.Problem problem = UrlRules.problem(text.replace("{model}", "model"));
            return problem == null
                    ? null
                    : new Problem(
                            problem.code() == Code.BAD_URL ? Code.BAD_PATH : problem.code(),
                            path + " must be a path that begins with / or a URL: " + problem.message(),
                            "for instance /chat/completions; null where the operation is not offered");
        }
        UrlRules.Problem problem = UrlRules.problem("http://host" + text.replace("{model}", "model"));
        return problem == null ? null : new Problem(Code.BAD_PATH, path + ": " + problem.message(), "encode it with %");
    }

    private static boolean isRetryCause(String text) {
        int status = NumberSyntax.count(text).orElse(0);
        return text.equals("network") || (status >= 400 && status <= 599);
    }

    private static @Nullable Problem header(Optional<String> problem) {
        return problem.map(message -> new Problem(Code.BAD_HEADER, message, "write another one, or remove it"))
                .orElse(null);
    }

    private static Problem type(String path, String words, String help) {
        return new Problem(Code.WRONG_TYPE, path + " must be " + words, help);
    }

    private static Problem number(String path, String words, Optional<String> meant) {
        return new Problem(
                Code.BAD_NUMBER,
                path + " must be " + words,
                meant.map(value -> "write " + value).orElse("write the digits alone, without separators"));
    }

    /** What is wrong with a value and what to do; no help means that an example helps most. */
    public record Problem(Code code, String message, String help) {}
}
