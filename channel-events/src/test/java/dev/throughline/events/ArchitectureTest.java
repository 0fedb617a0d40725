package dev.throughline.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.throughline.events");

    @Test
    void shouldStandOnNoFramework() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "org.apache.kafka..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenFeatures() {
        SlicesRuleDefinition.slices()
                .matching("dev.throughline.events.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
