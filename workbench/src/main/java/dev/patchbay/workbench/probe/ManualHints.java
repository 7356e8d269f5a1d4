package dev.patchbay.workbench.probe;

import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.models.OfferedModel;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What to do where no line of a provider file helps. */
final class ManualHints {

    private static final int MOST_IDS = 3;

    private static final Pattern NO_TOOLS = Pattern.compile(
            "(?is)(?:not|n't) support.{0,30}(?:tool|function)|(?:tool|function).{0,60}(?:not|un)\\s?(?:supported|available)");

    private static final Pattern ALTERNATION = Pattern.compile("(?is)roles? must alternate|alternate user/assistant");

    private final List<String> hints = new ArrayList<>();

    List<String> all() {
        return List.copyOf(hints);
    }

    void add(String hint) {
        if (!hints.contains(hint)) {
            hints.add(hint);
        }
    }

    void on(ProviderException failure, String model, List<OfferedModel> offered) {
        String words = String.valueOf(failure.getMessage());
        if (RefusalFixes.isUnknownModel(failure, model) && !offered.isEmpty()) {
            add("the provider does not know the model " + model + "; it lists " + near(model, offered));
        }
        if (words.contains("--enable-auto-tool-choice")) {
            add("start the server with --enable-auto-tool-choice and the --tool-call-parser of the model");
        } else if (NO_TOOLS.matcher(words).find()) {
            add(withoutTools(model));
        }
        if (ALTERNATION.matcher(words).find()) {
            add(
                    "the server's chat template takes turns of user and assistant alone, so tools cannot be used with it: give"
                            + " the server another template, or use another model");
        }
    }

    /** For a model that cannot call tools. */
    static String withoutTools(String model) {
        return "if the model has no tools, say so in the provider's file, models: {" + SuggestedSetting.inline(model)
                + ": {tools: false}}; then this is skipped";
    }

    /** Ids near to a model, for a sentence; some of all where none is near. */
    static String near(String model, List<OfferedModel> offered) {
        List<String> ids = offered.stream().map(OfferedModel::id).toList();
        List<String> near = new ArrayList<>(Nearest.all(model, ids));
        String part = model.toLowerCase(Locale.ROOT);
        ids.stream()
                .filter(id -> id.toLowerCase(Locale.ROOT).contains(part) || part.contains(id.toLowerCase(Locale.ROOT)))
                .filter(id -> !near.contains(id))
                .forEach(near::add);
        List<String> shown =
                (near.isEmpty() ? ids : near).stream().limit(MOST_IDS).toList();
        return String.join(", ", shown) + (near.isEmpty() && ids.size() > MOST_IDS ? ", …" : "");
    }
}
