package dev.patchbay.testkit;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** The rules of the house, in this module. */
@ArchTag("once")
@AnalyzeClasses(packages = "dev.patchbay", importOptions = HouseRules.OwnClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);
}
