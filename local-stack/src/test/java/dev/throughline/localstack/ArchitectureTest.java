package dev.throughline.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.throughline.localstack");

    @Test
    void shouldHaveNoCyclesBetweenFeatures() {
        slices().matching("dev.throughline.localstack.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void shouldKnowTheOtherModulesOnlyAsProcesses() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.throughline.events..",
                        "dev.throughline.platform..",
                        "dev.throughline.telephony..",
                        "dev.throughline.mediabridge..",
                        "dev.throughline.sms..",
                        "dev.throughline.tools..",
                        "dev.throughline.context..",
                        "dev.throughline.simulator..")
                .check(classes);
    }
}
