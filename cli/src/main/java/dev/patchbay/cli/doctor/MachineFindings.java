package dev.patchbay.cli.doctor;

import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.route.DefaultHeaders;
import dev.patchbay.provider.ProxyUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Program, Java, system, and the variables that send requests through proxies. */
final class MachineFindings {

    private static final List<String> PROXIES =
            List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");

    private static final List<String> FOLDERS = List.of("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME");

    private static final List<String> EXCEPTIONS = List.of("NO_PROXY", "no_proxy");

    private MachineFindings() {}

    static List<Finding> look(Environment environment) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("version", DefaultHeaders.userAgent().replace('/', ' ')));
        findings.add(Finding.ok(
                "Java",
                property("java.runtime.version") + " by " + property("java.vendor") + " in " + property("java.home")));
        findings.add(
                Finding.ok("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch")));
        findings.addAll(folders(environment));
        PROXIES.forEach(name -> environment
                .get(name)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> proxy(name, value))
                .ifPresent(findings::add));
        EXCEPTIONS.forEach(name ->
                environment.get(name).map(value -> Finding.ok(name, value)).ifPresent(findings::add));
        return findings;
    }

    /** Variables that name the folders in which files are looked for, and do not count. */
    private static List<Finding> folders(Environment environment) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> home = environment.get("HOME").filter(value -> !value.isBlank());
        boolean isNamed = environment
                .get("PATCHBAY_HOME")
                .filter(value -> !value.isBlank())
                .isPresent();
        if (!isNamed && home.filter(MachineFindings::isAbsolute).isEmpty()) {
            findings.add(Finding.warn(
                    "HOME",
                    (home.isEmpty() ? "is not set" : home.get() + " is relative and does not count") + "; "
                            + PatchbayHome.userHome(environment) + " is taken",
                    "set HOME to the folder of this user"));
        }
        for (String name : FOLDERS) {
            environment
                    .get(name)
                    .filter(value -> !value.isBlank() && !isAbsolute(value))
                    .ifPresent(value -> findings.add(Finding.warn(
                            name,
                            value + " is relative and does not count",
                            "set it to an absolute path, or unset it")));
        }
        return findings;
    }

    private static boolean isAbsolute(String value) {
        return Path.of(value).isAbsolute();
    }

    /** Read as a launch reads it, and told without user name and password, which such a URL may hold. */
    private static Finding proxy(String name, String value) {
        try {
            return Finding.ok(name, "http://" + ProxyUrl.parse(value));
        } catch (IllegalArgumentException refused) {
            return Finding.warn(
                    name,
                    "cannot be used: " + refused.getMessage(),
                    "set " + name + " to http://host:port, or unset it");
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
