package dev.throughline.platform.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dependency rules every service keeps. In a service:
 *
 * <pre>{@code @Test void shouldKeepTheArchitecture() { ArchitectureRules.check("dev.throughline.sms"); }}</pre>
 */
public final class ArchitectureRules {

    private static final List<String> SERVICES = List.of(
            "dev.throughline.telephony",
            "dev.throughline.mediabridge",
            "dev.throughline.sms",
            "dev.throughline.tools",
            "dev.throughline.context",
            "dev.throughline.simulator",
            "dev.throughline.localstack");

    private ArchitectureRules() {}

    /**
     * Checks all rules on the main classes of one module.
     *
     * @param rootPackage e.g. {@code dev.throughline.sms}
     */
    public static void check(String rootPackage) {
        JavaClasses classes = mainClasses(rootPackage);
        rules(rootPackage).forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    /** Checks the vendor rule alone, with another idea of the adapter's package. */
    public static void checkVendor(String rootPackage, String adapterPackage) {
        vendorOnlyIn(adapterPackage).check(mainClasses(rootPackage));
    }

    private static JavaClasses mainClasses(String rootPackage) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(rootPackage);
    }

    private static ArchRule vendorOnlyIn(String adapterPackage) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(adapterPackage)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.twilio..")
                .because("the vendor's types stay in its adapter");
    }

    private static DescribedPredicate<JavaClass> areUnregisteredTwilioResources() {
        Set<String> registered = registeredTwilioTypes();
        return DescribedPredicate.describe(
                "are Twilio resources without a place in TwilioReflection",
                type -> type.isAssignableTo("com.twilio.base.Resource") && !registered.contains(type.getName()));
    }

    private static Set<String> registeredTwilioTypes() {
        try {
            RegisterForReflection registered = Class.forName("dev.throughline.platform.twilio.TwilioReflection")
                    .getAnnotation(RegisterForReflection.class);
            return Stream.of(registered.targets()).map(Class::getName).collect(Collectors.toUnmodifiableSet());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the platform is not on the class path", e);
        }
    }

    private static Stream<ArchRule> rules(String root) {
        String[] others = SERVICES.stream()
                .filter(service -> !service.equals(root))
                .map(service -> service + "..")
                .toArray(String[]::new);
        return Stream.of(
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others)
                        .because("services share channel-events and platform, and nothing else"),
                slices().matching(root + ".(*)..").should().beFreeOfCycles(),
                vendorOnlyIn("..twilio.."),
                noClasses()
                        .should()
                        .dependOnClassesThat(areUnregisteredTwilioResources())
                        .because("a native executable reads only those that stand in TwilioReflection"),
                noFields()
                        .should()
                        .beAnnotatedWith("jakarta.inject.Inject")
                        .because("dependencies are constructor parameters"));
    }
}
