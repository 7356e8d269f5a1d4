package dev.patchbay.cli.doctor;

import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.gateway.TokenFile;
import dev.patchbay.internal.config.SkippedFile;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The user's folder, the files that were read or skipped, and who else may read what is secret. */
final class FileFindings {

    private FileFindings() {}

    static List<Finding> look(Invocation invocation, RegistrySnapshot registry) {
        Path home = Installation.home(invocation);
        List<Finding> findings = new ArrayList<>();
        findings.add(home(home));
        read(registry).forEach((layer, files) -> findings.add(Finding.ok(layer + " layer", String.join(", ", files))));
        for (SkippedFile skipped : registry.skipped()) {
            if (!skipped.looksMeant()) {
                findings.add(Finding.ok("skipped", skipped.file() + ": " + skipped.reason()));
            }
        }
        Path token = TokenFile.in(home).path();
        if (Files.exists(token)) {
            findings.add(secret("gateway token", token));
        }
        findings.addAll(problems(registry.diagnostics(), invocation));
        return findings;
    }

    private static Finding home(Path home) {
        if (!Files.exists(home)) {
            return Finding.ok("home", home + ", which does not exist: there are no files of your own");
        }
        if (!Files.isDirectory(home)) {
            return Finding.error("home", home + " is not a folder", "name a folder with --home or PATCHBAY_HOME");
        }
        if (!Files.isReadable(home) || !Files.isExecutable(home)) {
            return Finding.error("home", home + " cannot be read", "chmod u+rx " + home);
        }
        if (mode(home).contains(PosixFilePermission.OTHERS_WRITE)) {
            return Finding.warn("home", home + " can be changed by everybody", "chmod o-w " + home);
        }
        return Finding.ok("home", home.toString());
    }

    private static Finding secret(String name, Path file) {
        Set<PosixFilePermission> mode = mode(file);
        boolean open = mode.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
        String text = file + (mode.isEmpty() ? "" : ", " + PosixFilePermissions.toString(mode));
        return open ? Finding.error(name, text + ": others may read it", "chmod 600 " + file) : Finding.ok(name, text);
    }

    /** Empty where the file system knows no such permissions. */
    private static Set<PosixFilePermission> mode(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException | UnsupportedOperationException e) {
            return Set.of();
        }
    }

    /** By layer, from low to high. */
    private static Map<String, Set<String>> read(RegistrySnapshot registry) {
        Map<String, Set<String>> files = new LinkedHashMap<>();
        for (Layer layer : Layer.values()) {
            for (Provider provider : registry.providers()) {
                if (provider.layer() == layer && !layer.isSupplied()) {
                    files.computeIfAbsent(layer.word(), absent -> new TreeSet<>())
                            .add(provider.location().source());
                }
            }
        }
        return files;
    }

    private static List<Finding> problems(List<Diagnostic> diagnostics, Invocation invocation) {
        List<Finding> findings = new ArrayList<>();
        for (Diagnostic problem : diagnostics) {
            String detail = problem.location() + ": " + problem.message();
            String help = invocation.globals().withCommands(problem.help().orElse("see: patchbay providers validate"));
            boolean broken = problem.isError() && !ProviderFindings.isUnset(problem);
            String name = problem.code().id();
            findings.add(broken ? Finding.error(name, detail, help) : Finding.warn(name, detail, help));
        }
        return findings;
    }
}
