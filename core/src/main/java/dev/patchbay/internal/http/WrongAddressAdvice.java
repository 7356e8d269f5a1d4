package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.provider.Origin;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.net.URI;
import java.util.Optional;

/** Says in words that an answer shows a wrong address. */
public final class WrongAddressAdvice {

    private static final String PAGE = " answered with a web page instead of what an API answers";

    private final OperationTarget target;
    private final String method;

    /** @param target what was called with POST */
    public WrongAddressAdvice(OperationTarget target) {
        this(target, "POST");
    }

    WrongAddressAdvice(OperationTarget target, String method) {
        this.target = requireNonNull(target, "target is null");
        this.method = method;
    }

    /** Whether a failure shows that something else is at the address: a 404, a 405, a redirect, a page for people. */
    public static boolean isOne(ProviderException failure) {
        int status = failure.status().orElse(0);
        boolean page = failure.kind() == Kind.SERVER
                && !failure.isRetryable()
                && failure.getMessage() != null
                && failure.getMessage().endsWith(PAGE);
        return failure.kind() == Kind.NOT_FOUND || status == 405 || page;
    }

    /** For a success that is a page for people. */
    public ProviderException page() {
        return ProviderException.builder(Kind.SERVER, target.origin() + PAGE)
                .retryable(false)
                .help(method + " " + PrintableUrl.of(target.url()) + " was called: baseUrl must be the API's address, "
                        + "everything before the operation's path")
                .build();
    }

    /**
     * For an answer that sends the client elsewhere.
     *
     * @param location where to, as the answer says it; may be empty
     */
    public ProviderException redirect(int status, String location) {
        String where = origin(location).map(Origin::toString).orElse("elsewhere");
        return ProviderException.builder(
                        Kind.NOT_FOUND,
                        target.origin() + " answered HTTP " + status + " and sends requests to " + where)
                .status(status)
                .help("redirects are not followed, since the key belongs to " + target.origin()
                        + ": if that address is right, write it as baseUrl; " + method + " "
                        + PrintableUrl.of(target.url()) + " was called")
                .build();
    }

    private Optional<Origin> origin(String location) {
        if (location.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Origin.of(target.url().resolve(URI.create(location)));
        } catch (IllegalArgumentException notUrl) {
            return Optional.empty();
        }
    }
}
