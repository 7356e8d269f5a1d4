package dev.patchbay.internal.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.patchbay.testkit.HouseRules;

/** The gateway's packages tell its story in one direction: accept, plan, upstream, relay or translate, answer. */
@ArchTag("once")
@AnalyzeClasses(packages = "dev.patchbay", importOptions = HouseRules.OwnClasses.class)
final class GatewayPackagesTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule whatAllShareKnowsNoneOfThem = noClasses()
            .that()
            .resideInAPackage("dev.patchbay.internal.gateway")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.patchbay.internal.gateway.(*)..", "dev.patchbay.gateway..");

    @ArchTest
    static final ArchRule onlyTheServingPartKnowsAllOthers = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.gateway..", "dev.patchbay.internal.gateway.serve..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.patchbay.internal.gateway.serve..");
}
