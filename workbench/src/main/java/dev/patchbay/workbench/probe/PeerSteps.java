package dev.patchbay.workbench.probe;

import dev.patchbay.internal.http.NetworkFailures;
import dev.patchbay.internal.http.TlsPeer;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The steps below HTTP: name, connection, certificate. Nothing of a conversation is sent. */
final class PeerSteps {

    private static final int MOST_ADDRESSES = 3;
    private static final int SOON_DAYS = 14;

    private final Origin origin;
    private final HttpSettings settings;
    private final CallTimeLimit watch;

    PeerSteps(Origin origin, HttpSettings settings, CallTimeLimit watch) {
        this.origin = origin;
        this.settings = settings;
        this.watch = watch;
    }

    StepOutcome name() {
        if (host().matches("[0-9.]+|.*:.*")) {
            return StepOutcome.skipped(host() + " is an address already");
        }
        try {
            return StepOutcome.ok(host() + " is " + watch.within(this::addresses));
        } catch (ProviderException failure) {
            return StepOutcome.failed(failure);
        }
    }

    StepOutcome connection() {
        try {
            watch.within(() -> {
                connect().close();
                return true;
            });
            return StepOutcome.ok("port " + origin.port() + " takes connections");
        } catch (ProviderException failure) {
            return StepOutcome.failed(failure);
        }
    }

    StepOutcome certificate(Instant now) {
        if (!origin.scheme().equals("https")) {
            return StepOutcome.skipped("the base URL begins with http://, so nothing is encrypted");
        }
        try {
            TlsPeer peer = watch.within(() -> TlsPeer.shakeHands(connect(), origin, settings));
            long days = Duration.between(now, peer.validUntil()).toDays();
            return StepOutcome.ok(peer.protocol() + ", certificate issued by " + peer.issuer() + ", valid until "
                    + peer.validUntil().atZone(ZoneOffset.UTC).toLocalDate()
                    + (days < SOON_DAYS ? ", which is in " + days + " days" : "")
                    + (settings.tls().insecureSkipVerify() ? "; not checked, for insecureSkipVerify is set" : ""));
        } catch (ProviderException failure) {
            return StepOutcome.failed(failure);
        }
    }

    private String addresses() {
        try {
            return Arrays.stream(InetAddress.getAllByName(host()))
                    .limit(MOST_ADDRESSES)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
        } catch (UnknownHostException e) {
            throw new NetworkFailures(origin, settings).of(e);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            int millis = (int) settings.connect().limit().orElse(Duration.ZERO).toMillis();
            socket.connect(new InetSocketAddress(host(), origin.port()), millis);
            socket.setSoTimeout(millis);
            return socket;
        } catch (SocketTimeoutException e) {
            socket.close();
            throw new NetworkFailures(origin, settings).notConnectedInTime(e);
        } catch (IOException e) {
            socket.close();
            throw new NetworkFailures(origin, settings).of(e);
        }
    }

    private String host() {
        return origin.host().replaceAll("[\\[\\]]", "");
    }
}
