package dev.patchbay.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.patchbay.testkit.HouseRules;
import java.util.concurrent.Executor;

/** The rules of the house: what may know what. */
@ArchTag("once")
@AnalyzeClasses(packages = "dev.patchbay", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule spiDependsOnTheJdkOnly = classes()
            .that()
            .resideInAPackage("dev.patchbay.spi..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.patchbay.spi..", "java..", "org.jspecify.."));

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
            .resideInAnyPackage(
                    "dev.patchbay.gateway..",
                    "dev.patchbay.internal.gateway..",
                    "dev.patchbay.daemon..",
                    "dev.patchbay.cli..");
}
