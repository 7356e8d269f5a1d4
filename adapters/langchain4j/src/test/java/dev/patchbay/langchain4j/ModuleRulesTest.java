package dev.patchbay.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this module may know. */
@AnalyzeClasses(packages = "dev.patchbay.langchain4j", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleRulesTest {

    @ArchTest
    static final ArchRule knowsTheCoreAndLangChain4jOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.fasterxml.jackson.databind..",
                    "dev.langchain4j..",
                    "dev.patchbay",
                    "dev.patchbay.client..",
                    "dev.patchbay.codec..",
                    "dev.patchbay.diagnostic..",
                    "dev.patchbay.internal.adapt..",
                    "dev.patchbay.internal.runtime..",
                    "dev.patchbay.langchain4j..",
                    "dev.patchbay.provider..",
                    "dev.patchbay.spi..");
}
