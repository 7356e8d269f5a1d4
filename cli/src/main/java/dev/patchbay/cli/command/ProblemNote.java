package dev.patchbay.cli.command;

import dev.patchbay.cli.terminal.WrappedText;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import java.util.List;

/** Says in one line that provider files have problems, for a command that goes on without what is wrong. */
public final class ProblemNote {

    private ProblemNote() {}

    /** Prints the line on standard error, if there is anything to say. */
    public static void print(List<Diagnostic> problems, Invocation invocation) {
        int count = count(problems);
        if (count > 0) {
            invocation
                    .terminal()
                    .err()
                    .print(WrappedText.of(
                            "patchbay: " + (count == 1 ? "1 problem" : count + " problems")
                                    + " in " + place(problems) + "; see: "
                                    + invocation.globals().command("providers validate"),
                            "",
                            invocation.terminal()));
        }
    }

    private static String place(List<Diagnostic> problems) {
        List<Diagnostic> counted =
                problems.stream().filter(ProblemNote::isMistake).toList();
        long jars = counted.stream()
                .filter(problem -> problem.location().source().endsWith(".jar"))
                .count();
        return jars == 0 ? "provider files" : jars == counted.size() ? "plugins" : "provider files and plugins";
    }

    /** How many are mistakes. A provider whose key is not set is none as long as nobody asks for that provider. */
    public static int count(List<Diagnostic> problems) {
        return (int) problems.stream().filter(ProblemNote::isMistake).count();
    }

    private static boolean isMistake(Diagnostic problem) {
        return problem.isError() && problem.code() != Code.UNSET_VARIABLE;
    }
}
