package dev.patchbay.store;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums of calls. Summed here, since money is decimal and SQLite's numbers are not. */
final class UsageRows {

    private static final String UNKNOWN = "unknown";

    private UsageRows() {}

    static List<UsageLine> read(Sql sql, UsageLine.By by, Instant from, Instant to) throws SQLException {
        Map<String, Sum> sums = new TreeMap<>();
        sql.all(
                "SELECT * FROM calls WHERE at >= ? AND at < ? ORDER BY at",
                row -> {
                    sums.computeIfAbsent(group(row, by), group -> new Sum()).add(row);
                    return true;
                },
                from,
                to);
        List<UsageLine> lines = new ArrayList<>();
        sums.forEach((group, sum) -> lines.add(sum.line(group)));
        return lines;
    }

    /** Days are those of whoever looks. */
    private static String group(Sql.Row row, UsageLine.By by) throws SQLException {
        return switch (by) {
            case DAY ->
                row.moment("at").atZone(ZoneId.systemDefault()).toLocalDate().toString();
            case PROVIDER -> Optional.ofNullable(row.textOrNull("provider")).orElse(UNKNOWN);
            case MODEL -> Optional.ofNullable(row.textOrNull("model")).orElse(UNKNOWN);
        };
    }

    private static final class Sum {

        private long calls;
        private long failed;
        private long unpriced;
        private @Nullable Long input;
        private @Nullable Long output;
        private @Nullable BigDecimal cost;
        private long begun;
        private long untilFirst;

        private void add(Sql.Row row) throws SQLException {
            calls++;
            String outcome = row.text("outcome");
            if (!outcome.equals("completed") && !outcome.equals("interrupted")) {
                failed++;
            }
            input = plus(input, row.numberIfAny("input_tokens"));
            output = plus(output, row.numberIfAny("output_tokens"));
            OptionalLong first = row.numberIfAny("first_token_ms");
            if (first.isPresent()) {
                begun++;
                untilFirst += first.getAsLong();
            }
            @Nullable String price = row.textOrNull("cost_usd");
            if (price == null) {
                unpriced++;
            } else {
                cost = cost == null ? new BigDecimal(price) : cost.add(new BigDecimal(price));
            }
        }

        private static @Nullable Long plus(@Nullable Long sum, OptionalLong more) {
            if (more.isEmpty()) {
                return sum;
            }
            return sum == null ? more.getAsLong() : Long.valueOf(sum + more.getAsLong());
        }

        private UsageLine line(String group) {
            return new UsageLine(
                    group,
                    calls,
                    failed,
                    Optional.ofNullable(input),
                    Optional.ofNullable(output),
                    Optional.ofNullable(cost),
                    unpriced,
                    begun == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(untilFirst / begun)));
        }
    }
}
