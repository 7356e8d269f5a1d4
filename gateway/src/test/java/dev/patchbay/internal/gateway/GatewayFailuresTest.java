package dev.patchbay.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayFailuresTest {

    private static final Logger LOG = Logger.getLogger(GatewayFailures.class.getName());

    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void leave() {
        LOG.removeHandler(handler);
    }

    /** So it is where an answer is unpacked while the gateway is closed. */
    @Test
    void thatThreadsHaveEndedIsNoFaultOfTheProgram() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        ProviderException told = null;
        try {
            ended.execute(() -> {});
        } catch (RejectedExecutionException rejected) {
            told = GatewayFailures.of(rejected);
        }

        assertThat(told).hasMessage("the gateway is shutting down");
        assertThat(logged).isEmpty();
    }

    @Test
    void whatNobodyExpectedIsLogged() {
        assertThat(GatewayFailures.of(new IllegalStateException("oops"))).hasMessageContaining("its log says why");
        assertThat(logged).hasSize(1);
    }
}
