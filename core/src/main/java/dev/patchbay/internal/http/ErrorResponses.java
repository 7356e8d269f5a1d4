package dev.patchbay.internal.http;

import dev.patchbay.codec.ErrorReader;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.spi.ProviderException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Turns answers that are none into failures that say what to do. */
final class ErrorResponses {

    /** Of a page of an error; its connection may hang behind it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final int LONGEST_BODY = 1 << 20;

    private final WrongAddressAdvice misdirections;
    private final RefusalAdvice advice;

    ErrorResponses(OperationTarget target, RefusalAdvice advice) {
        this(new WrongAddressAdvice(target), advice);
    }

    ErrorResponses(WrongAddressAdvice misdirections, RefusalAdvice advice) {
        this.misdirections = misdirections;
        this.advice = advice;
    }

    /** Passes an answer whose status is a success. */
    void check(UpstreamReply reply) {
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return;
        }
        if (status >= 300 && status < 400) {
            throw misdirections.redirect(status, reply.header("location").orElse(""));
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
        return misdirections.page();
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
