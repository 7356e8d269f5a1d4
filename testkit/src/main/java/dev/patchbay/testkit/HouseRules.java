package dev.patchbay.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Secret;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * The rules of the house that hold in every module: who may know what (docs/design/architecture.md).
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "dev.patchbay", importOptions = HouseRules.OwnClasses.class)
 * final class ArchitectureTest {
 *     @ArchTest
 *     static final ArchTests house = ArchTests.in(HouseRules.class);
 * }
 * }</pre>
 */
public final class HouseRules {

    /** SnakeYAML is seen by the package that reads YAML alone. */
    @ArchTest
    static final ArchRule onlyTheYamlReaderSeesSnakeYaml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchbay.internal.config.yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..")
            .allowEmptyShould(true);

    /** Guice is seen at the edge alone. */
    @ArchTest
    static final ArchRule onlyTheEdgeSeesGuice = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.guice..", "dev.patchbay.daemon..", "dev.patchbay.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
            .allowEmptyShould(true);

    /**
     * The HTTP client of the JDK is seen by one package alone, and by what asks no provider: the daemon of this machine, and an address
     * for an edition of the catalogue.
     */
    @ArchTest
    static final ArchRule onlyTheHttpPackageSeesTheHttpClient = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.patchbay.internal.http..",
                    "dev.patchbay.cli.daemon..",
                    "dev.patchbay.cli.models..",
                    "dev.patchbay.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .allowEmptyShould(true);

    /** Vert.x and Netty are seen by the server alone. */
    @ArchTest
    static final ArchRule onlyTheServerSeesVertx = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.patchbay.gateway..", "dev.patchbay.internal.gateway..", "dev.patchbay.daemon..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..")
            .allowEmptyShould(true);

    /** A secret is revealed where it goes onto the wire, or is compared with what came from there. */
    @ArchTest
    static final ArchRule secretsAreRevealedOnlyWhereTheyGoOntoTheWire = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.internal.http..", "dev.patchbay.spi..", "dev.patchbay.testkit..")
            .and(are(not(assignableTo(Authenticator.class))))
            .and()
            .haveNameNotMatching(
                    ".*\\.(BodyRewriter|ProxyChoice|AccessControl|Logins|WatchedToken|RunningDaemon|KeyVault"
                            + "|LaunchCommand|SessionUpdateCommand)")
            .should()
            .callMethod(Secret.class, "reveal")
            .allowEmptyShould(true);

    /** The environment of the process is read in one class. */
    @ArchTest
    static final ArchRule theEnvironmentIsReadInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("ProcessEnvironment")
            .and()
            .resideOutsideOfPackage("dev.patchbay.testkit..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .allowEmptyShould(true);

    /** Services are loaded by one package. */
    @ArchTest
    static final ArchRule servicesAreLoadedByThePluginPackageOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.internal.plugin..", "dev.patchbay.testkit..")
            .should()
            .dependOnClassesThat(are(assignableTo(ServiceLoader.class)))
            .allowEmptyShould(true);

    /** The context class loader is set where a plugin is called. */
    @ArchTest
    static final ArchRule theContextClassLoaderIsSetForPluginsOnly = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.patchbay.internal.plugin..", "dev.patchbay.workbench.verify..", "dev.patchbay.testkit..")
            .should()
            .callMethod(Thread.class, "setContextClassLoader", ClassLoader.class)
            .allowEmptyShould(true);

    /** The command line alone ends the process, in one class. */
    @ArchTest
    static final ArchRule onlyMainEndsTheProcess = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.patchbay.cli.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .allowEmptyShould(true);

    /** No cycles between packages; what an embedder names of the gateway stands in front of all that is behind it. */
    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.patchbay.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage("dev.patchbay.gateway"), alwaysTrue());

    private HouseRules() {}

    /** The classes of the module under test alone, without its tests. */
    public static final class OwnClasses implements ImportOption {

        private static final Path CLASSES =
                Path.of(System.getProperty("basedir", ""), "target", "classes").toAbsolutePath();

        @Override
        public boolean includes(Location location) {
            return !location.isJar() && Path.of(location.asURI()).startsWith(CLASSES);
        }
    }
}
