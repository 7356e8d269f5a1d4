package dev.patchbay.daemon;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.patchbay.testkit.HouseRules;

/** The rules of the house, in this module. */
@ArchTag("once")
@AnalyzeClasses(packages = "dev.patchbay", importOptions = HouseRules.OwnClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);
}
