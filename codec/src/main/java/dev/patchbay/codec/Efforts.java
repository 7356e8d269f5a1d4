package dev.patchbay.codec;

import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How hard a model is to think, on the scale of dialects.md, M4. */
public final class Efforts {

    /** The level that means: do not think. */
    public static final String NONE = "none";

    /** The member of Anthropic Messages that names a level. */
    public static final String MEMBER = "output_config.effort";

    /** More than the most: Codex names it in its own catalogue (can1357/oh-my-pi#4976), and no API knows it. */
    private static final String ULTRA = "ultra";

    private static final int LOW_BUDGET = 4096;
    private static final int MEDIUM_BUDGET = 16384;

    private Efforts() {}

    /** Every level, the least first. */
    public static List<String> levels() {
        return QuirkTable.EFFORTS;
    }

    /** The level that a request wants; empty if it leaves that to the model. */
    public static Optional<String> wanted(ChatRequest request) {
        Thinking.Mode mode = request.thinking().map(Thinking::mode).orElse(Thinking.Mode.ADAPTIVE);
        if (mode == Thinking.Mode.DISABLED) {
            return Optional.of(NONE);
        }
        if (request.effort().isPresent()) {
            return request.effort();
        }
        OptionalInt budget = request.thinking().map(Thinking::budgetTokens).orElse(OptionalInt.empty());
        return budget.isPresent() ? Optional.of(ofBudget(budget.getAsInt())) : Optional.empty();
    }

    /**
     * The accepted level that comes nearest: the same, else the next lower, else the next higher.
     *
     * @return empty if there is none, or if no thinking is wanted and the model cannot be told so
     */
    public static Optional<String> fit(String wanted, List<String> accepted) {
        if (accepted.contains(wanted)) {
            return Optional.of(wanted);
        }
        List<String> scale = QuirkTable.EFFORTS;
        int rank = wanted.equals(ULTRA) ? scale.size() : scale.indexOf(wanted);
        if (rank <= 0) {
            return Optional.empty();
        }
        for (int lower = rank - 1; lower > 0; lower--) {
            if (accepted.contains(scale.get(lower))) {
                return Optional.of(scale.get(lower));
            }
        }
        return scale.subList(rank, scale.size()).stream()
                .filter(accepted::contains)
                .findFirst();
    }

    /**
     * The level that a request is sent with: the one that comes nearest to what it wants. Where that is another than it wants, it is noted.
     */
    public static Optional<String> sent(ChatRequest request, List<String> accepted, DroppedMembers dropped) {
        Optional<String> wanted = wanted(request);
        Optional<String> sent = wanted.flatMap(level -> fit(level, accepted));
        if (wanted.equals(request.effort())) {
            note(request, sent, dropped);
        } else if (!sent.equals(wanted)) {
            dropped.add("thinking");
        }
        return sent;
    }

    /** Takes note of an effort that the upstream is told as another one, or not at all. */
    public static void note(ChatRequest request, Optional<String> sent, DroppedMembers dropped) {
        if (request.effort().isPresent() && !request.effort().equals(sent)) {
            dropped.change(
                    MEMBER,
                    "effort " + request.effort().get() + " goes to " + dropped.provider() + " as "
                            + sent.orElse("nothing")
                            + "; if it knows more levels, quirks.efforts in its file names them");
        }
    }

    private static String ofBudget(int tokens) {
        if (tokens <= LOW_BUDGET) {
            return "low";
        }
        return tokens <= MEDIUM_BUDGET ? "medium" : "high";
    }
}
