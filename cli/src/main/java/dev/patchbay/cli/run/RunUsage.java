package dev.patchbay.cli.run;

import dev.patchbay.daemon.usage.CallCosts;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts what an agent asked, and what its answers took. Told on event loops; safe for use by several threads. */
final class RunUsage implements Consumer<AccessRecord> {

    private final Map<Model, Usage> usages = new LinkedHashMap<>();
    private int requests;
    private int failed;
    private Optional<AccessRecord> lastFailed = Optional.empty();

    private record Model(String provider, String name) {}

    @Override
    public synchronized void accept(AccessRecord record) {
        if (record.provider().isEmpty()) {
            return;
        }
        requests++;
        if (isRefusal(record) || record.failure().isPresent()) {
            failed++;
            lastFailed = Optional.of(record);
        }
        Model model = new Model(record.provider().get(), record.model().orElse(""));
        usages.merge(model, record.usage(), RunUsage::sum);
    }

    private static Usage sum(Usage one, Usage other) {
        Usage.Builder sum = Usage.builder();
        if (one.inputTokens().isPresent() || other.inputTokens().isPresent()) {
            sum.inputTokens(one.inputTokens().orElse(0) + other.inputTokens().orElse(0));
        }
        if (one.outputTokens().isPresent() || other.outputTokens().isPresent()) {
            sum.outputTokens(one.outputTokens().orElse(0) + other.outputTokens().orElse(0));
        }
        return sum.cacheReadTokens(one.cacheReadTokens().orElse(0)
                        + other.cacheReadTokens().orElse(0))
                .cacheCreationTokens(one.cacheCreationTokens().orElse(0)
                        + other.cacheCreationTokens().orElse(0))
                .build();
    }

    synchronized boolean neverAsked() {
        return requests == 0;
    }

    private static boolean isRefusal(AccessRecord record) {
        return record.status().orElse(0) >= 400;
    }

    /** Why the last request failed that did, in the words of the provider; empty if none did, or nothing was said. */
    synchronized Optional<String> failure() {
        return lastFailed.flatMap(record -> record.said()
                .map(words -> Printable.line("the last "
                        + (isRefusal(record)
                                ? "was refused with " + record.status().getAsInt()
                                : "failed")
                        + record.failure()
                                .map(kind -> " (" + kind.name().toLowerCase(Locale.ROOT) + ")")
                                .orElse("")
                        + ": " + words)));
    }

    /** One line: requests, tokens as far as providers said, and the cost where all prices are known. */
    synchronized String text(String provider, String model, CallCosts costs) {
        List<String> parts = new ArrayList<>();
        parts.add(requests + (requests == 1 ? " request to " : " requests to ") + provider + ", model " + model);
        if (failed > 0) {
            parts.add(failed + " of them failed");
        }
        Usage all = usages.values().stream().reduce(Usage.unknown(), RunUsage::sum);
        if (all.inputTokens().isPresent() || all.outputTokens().isPresent()) {
            long input = all.inputTokens().orElse(0)
                    + all.cacheReadTokens().orElse(0)
                    + all.cacheCreationTokens().orElse(0);
            parts.add(input + " tokens in, " + all.outputTokens().orElse(0) + " out");
            cost(costs)
                    .ifPresent(usd -> parts.add("$" + usd.stripTrailingZeros().toPlainString()));
        }
        return String.join(", ", parts);
    }

    private Optional<BigDecimal> cost(CallCosts costs) {
        Optional<BigDecimal> sum = Optional.of(BigDecimal.ZERO);
        for (Map.Entry<Model, Usage> used : usages.entrySet()) {
            boolean counted = used.getValue().inputTokens().isPresent();
            if (counted) {
                sum = sum.flatMap(known -> costs.of(
                                used.getKey().provider(), used.getKey().name(), used.getValue())
                        .map(known::add));
            }
        }
        return sum;
    }
}
