package dev.patchbay.http;

import dev.patchbay.codec.ErrorReader;
import dev.patchbay.provider.Origin;
import dev.patchbay.route.Target;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Turns answers that are none into failures that say what to do. */
final class Refusals {

    /** Of a page of an error; its connection may hang behind it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final int LONGEST_BODY = 1 << 20;

    private final Target target;
    private final Advice advice;

    Refusals(Target target, Advice advice) {
        this.target = target;
        this.advice = advice;
    }

    /** Passes an answer whose status is a success. */
    void check(Reply reply) {
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return;
        }
        if (status >= 300 && status < 400) {
            throw redirect(reply);
        }
        reply.endWithin(LONGEST_WAIT);
        byte[] body = read(reply.body());
        throw withAdvice(ErrorReader.read(status, reply::header, body).toException());
    }

    ProviderException withAdvice(ProviderException failure) {
        return advice.addTo(failure);
    }

    /** For a success that is a page for people. */
    ProviderException page() {
        return ProviderException.builder(
                        Kind.SERVER, target.origin() + " answered with a web page instead of what an API answers")
                .status(502)
                .retryable(false)
                .help("POST " + PrintableUrl.of(target.url()) + " was called: baseUrl must be the API's address, "
                        + "everything before the operation's path")
                .build();
    }

    private ProviderException redirect(Reply reply) {
        String where = reply.header("location")
                .flatMap(this::origin)
                .map(Origin::toString)
                .orElse("elsewhere");
        return ProviderException.builder(
                        Kind.NOT_FOUND,
                        target.origin() + " answered HTTP " + reply.status() + " and sends requests to " + where)
                .status(reply.status())
                .help("redirects are not followed, since the key belongs to " + target.origin()
                        + ": if that address is right, write it as baseUrl; POST "
                        + PrintableUrl.of(target.url()) + " was called")
                .build();
    }

    private Optional<Origin> origin(String location) {
        try {
            return Origin.of(target.url().resolve(URI.create(location)));
        } catch (IllegalArgumentException notUrl) {
            return Optional.empty();
        }
    }

    /** As much as comes: what is there of an error is better than none. */
    private static byte[] read(InputStream body) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = body.read(buffer); count >= 0 && read.size() < LONGEST_BODY; count = body.read(buffer)) {
                read.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            return read.toByteArray();
        }
        return read.toByteArray();
    }
}
