package dev.patchbay.cli.launch;

import dev.patchbay.session.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line about a session that ended: who answered, how many tokens, how long, how much. What is unknown is left out. */
final class Summary {

    private Summary() {}

    static String of(SessionRecord session) {
        List<String> parts = new ArrayList<>();
        session.provider().ifPresent(parts::add);
        session.modelId().ifPresent(parts::add);
        session.usage().inputTokens().ifPresent(count -> parts.add(count + " tokens in"));
        session.usage().outputTokens().ifPresent(count -> parts.add(count + " out"));
        session.duration().ifPresent(time -> parts.add(String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)));
        session.costUsd().ifPresent(cost -> parts.add("$" + cost.toPlainString()));
        return String.join(", ", parts);
    }
}
