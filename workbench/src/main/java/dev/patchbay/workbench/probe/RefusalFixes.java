package dev.patchbay.workbench.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.internal.http.RefusedParameter;
import dev.patchbay.internal.http.WrongAddressAdvice;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads in a failure what may help. */
final class RefusalFixes {

    private static final Pattern TOO_FEW_TOKENS =
            Pattern.compile("(?is)(?:at least|higher|minimum|greater than|too (?:low|small)|must be >=?).{0,80}tokens"
                    + "|tokens.{0,80}(?:at least|higher|minimum|greater than|too (?:low|small)|must be >=?)"
                    + "|output limit was reached");

    private static final Pattern NO_SYSTEM =
            Pattern.compile("(?is)system (?:role|message|prompt|instruction)s?.{0,40}(?:not|n't|un)"
                    + "|(?:not|n't).{0,40}['\"`]?system['\"`]? (?:role|message|prompt|instruction)"
                    + "|(?:not|n't) support ['\"`]system['\"`]");

    private static final Pattern UNKNOWN_MODEL = Pattern.compile(
            "(?is)model.{0,120}(?:not found|not exist|unknown|no such|not available|not supported|invalid)"
                    + "|(?:not found|unknown|no such|invalid).{0,40}model");

    private final boolean keyLine;

    /** @param keyLine whether the file names the key in {@code apiKey} */
    RefusalFixes(boolean keyLine) {
        this.keyLine = keyLine;
    }

    /** Whether the failure shows that the provider does not know the model. */
    static boolean isUnknownModel(ProviderException failure, String model) {
        String words = String.valueOf(failure.getMessage());
        boolean possible = failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.INVALID_REQUEST;
        return possible
                && (UNKNOWN_MODEL.matcher(words).find()
                        || (failure.kind() == Kind.NOT_FOUND && !model.isEmpty() && words.contains(model)));
    }

    /** Whether the failure shows that something else than the operation is at the address. */
    static boolean isWrongAddress(ProviderException failure, String model) {
        return WrongAddressAdvice.isOne(failure) && !isUnknownModel(failure, model);
    }

    /** What may help, the likeliest first. */
    List<RefusalFix> on(ProviderException failure, QuestionVariant attempt, ObjectNode sent, Optional<Model> model) {
        String wire = sent.path("model").asText("");
        if (isWrongAddress(failure, wire)) {
            return addresses(attempt.definition(), !sent.isEmpty());
        }
        if (failure.kind() == Kind.AUTH) {
            return keys(attempt.definition());
        }
        boolean refused = failure.kind() == Kind.INVALID_REQUEST || failure.kind() == Kind.SERVER;
        return refused ? requests(failure, attempt, sent, model) : List.of();
    }

    private static List<RefusalFix> requests(
            ProviderException failure, QuestionVariant attempt, ObjectNode sent, Optional<Model> model) {
        String words = String.valueOf(failure.getMessage());
        List<RefusalFix> fixes = new ArrayList<>();
        RefusedParameter.remedy(words, sent)
                .map(remedy -> SuggestedSettings.of(remedy, attempt.definition(), model))
                .ifPresent(change -> fixes.add(RefusalFix.of(RefusalFix.Kind.REQUEST, change)));
        if (TOO_FEW_TOKENS.matcher(words).find() && !attempt.form().roomy()) {
            // Before a limit is dropped for good.
            fixes.add(
                    0, RefusalFix.of(new QuestionForm(true, attempt.form().instructed()), "room for a longer answer"));
        }
        if (NO_SYSTEM.matcher(words).find() && attempt.form().instructed()) {
            fixes.add(RefusalFix.of(new QuestionForm(attempt.form().roomy(), false), "no instructions"));
        }
        return fixes;
    }

    private List<RefusalFix> keys(Definition definition) {
        return definition.auth().map(OtherHeaders::of).orElse(List.of()).stream()
                .map(auth -> RefusalFix.of(RefusalFix.Kind.KEY, SuggestedSettings.auth(auth, keyLine)))
                .toList();
    }

    /** Another dialect has its conversations elsewhere, its list of models at the same place. */
    private static List<RefusalFix> addresses(Definition definition, boolean conversation) {
        List<RefusalFix> fixes = new ArrayList<>();
        OtherAddresses.of(definition).forEach(change -> fixes.add(RefusalFix.of(RefusalFix.Kind.ADDRESS, change)));
        if (conversation && Dialects.find(definition.dialect()).isPresent()) {
            Dialects.ALL.stream()
                    .map(WireDialect::id)
                    .filter(other -> !other.equals(definition.dialect()))
                    .map(other -> RefusalFix.of(RefusalFix.Kind.ADDRESS, SuggestedSettings.dialect(other)))
                    .forEach(fixes::add);
        }
        return fixes;
    }
}
