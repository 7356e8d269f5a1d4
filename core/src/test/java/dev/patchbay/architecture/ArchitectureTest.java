package dev.patchbay.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Secret;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;

/** The rules of the house: what may know what. */
@AnalyzeClasses(packages = "dev.patchbay", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule spiDependsOnTheJdkOnly = classes()
            .that()
            .resideInAPackage("dev.patchbay.spi..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.patchbay.spi..", "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule onlyTheYamlReaderSeesSnakeYaml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchbay.config.yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..");

    @ArchTest
    static final ArchRule onlyTheGuicePackageSeesGuice = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchbay.guice..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.inject..", "jakarta.inject..");

    @ArchTest
    static final ArchRule onlyTheHttpPackageSeesTheHttpClient = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.http..", "dev.patchbay.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule secretsAreRevealedOnlyWhereTheyGoOntoTheWire = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.http..", "dev.patchbay.spi..", "dev.patchbay.testkit..")
            .and(are(com.tngtech.archunit.base.DescribedPredicate.not(assignableTo(Authenticator.class))))
            .should()
            .callMethod(Secret.class, "reveal");

    @ArchTest
    static final ArchRule theEnvironmentIsReadInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("ProcessEnvironment")
            .and()
            .resideOutsideOfPackage("dev.patchbay.testkit..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule servicesAreLoadedByThePluginPackageOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchbay.plugin..")
            .should()
            .dependOnClassesThat(are(assignableTo(ServiceLoader.class)));

    @ArchTest
    static final ArchRule theContextClassLoaderIsSetByThePluginPackageOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.plugin..", "dev.patchbay.testkit..")
            .should()
            .callMethod(Thread.class, "setContextClassLoader", ClassLoader.class);

    @ArchTest
    static final ArchRule nobodyInTheCoreEndsTheProcess =
            noClasses().should().callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule codecsDoNoInputAndOutput = noClasses()
            .that()
            .resideInAPackage("dev.patchbay.codec..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net.http..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent.locks..")
            .orShould()
            .dependOnClassesThat(are(assignableTo(Thread.class).or(assignableTo(Executor.class))));

    @ArchTest
    static final ArchRule theCoreDoesNotKnowWhoUsesIt = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.patchbay.gateway..", "dev.patchbay.daemon..", "dev.patchbay.cli..");

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses classes) {
        slices().matching("dev.patchbay.(**)").should().beFreeOfCycles().check(classes.that(alwaysTrue()));
    }
}
