package dev.patchbay.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fuzzes target after target with coverage guidance, each in a process of its own. The profile {@code fuzz} starts it:
 * {@code <seconds for each target> <target,target,…|all> <folder>}.
 */
public final class FuzzRun {

    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");
    private static final int QUOTED_LINES = 40;

    private final int seconds;
    private final Path root;

    private FuzzRun(int seconds, Path root) {
        this.seconds = seconds;
        this.root = root;
    }

    /** Ends with an exception, and thereby a status of 1, if anything was found. */
    public static void main(String[] args) throws IOException, InterruptedException {
        FuzzRun run = new FuzzRun(Integer.parseInt(args[0]), Path.of(args[2]));
        List<String> broken = new ArrayList<>();
        for (Target target : targets(args[1])) {
            if (!run.survives(target)) {
                broken.add(target.label());
            }
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException("broken: " + String.join(", ", broken));
        }
    }

    private static List<Target> targets(String names) {
        if (names.equals("all")) {
            return List.of(Target.values());
        }
        return List.of(names.split(",")).stream().map(Target::named).toList();
    }

    private boolean survives(Target target) throws IOException, InterruptedException {
        FuzzFolder folder = FuzzFolder.prepared(root.resolve(target.label()), target);
        System.out.println(target.label() + ": " + seconds + " seconds, log in " + folder.log());
        int status = new ProcessBuilder(command(target, folder))
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile())
                .start()
                .waitFor();
        List<String> log = Files.readAllLines(folder.log());
        if (status == 0) {
            System.out.println(target.label() + ": " + executions(log) + " executions, nothing found");
            return true;
        }
        log.subList(Math.max(0, log.size() - QUOTED_LINES), log.size()).forEach(System.out::println);
        System.out.println(target.label() + ": status " + status + ", inputs in " + folder.findings());
        return false;
    }

    private List<String> command(Target target, FuzzFolder folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dfuzz.target=" + target.label(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--instrumentation_includes=dev.patchbay.**:org.yaml.snakeyaml.**",
                "--instrumentation_excludes=dev.patchbay.fuzz.**:dev.patchbay.codec.vectors.**",
                "--custom_hook_includes=dev.patchbay.**:org.yaml.snakeyaml.**",
                "--custom_hook_excludes=dev.patchbay.fuzz.**:dev.patchbay.codec.vectors.**",
                "--reproducer_path=" + folder.findings(),
                "-artifact_prefix=" + folder.findings() + "/",
                "-dict=" + folder.dictionary(),
                "-max_total_time=" + seconds,
                "-max_len=20000",
                "-timeout=60",
                "-print_final_stats=1",
                folder.corpus().toString(),
                folder.seeds().toString());
    }

    private static String executions(List<String> log) {
        Matcher matcher = EXECUTIONS.matcher(String.join("\n", log));
        return matcher.find() ? matcher.group(1) : "an unknown number of";
    }
}
