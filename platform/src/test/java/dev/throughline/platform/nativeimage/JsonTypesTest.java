package dev.throughline.platform.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.throughline.events.CallEvent;
import dev.throughline.events.Channel;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTypesTest {

    private static final List<Path> CLASS_PATH = Stream.of(
                    System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .map(Path::of)
            .toList();

    @Test
    void shouldFindEveryRecordAndEnumOfOursInJarsAndDirectories() {
        List<String> found = JsonTypes.in(CLASS_PATH, JsonTypesTest::byName).stream()
                .map(Class::getName)
                .toList();

        assertThat(found)
                .contains(CallEvent.Started.class.getName(), Channel.class.getName(), Tenant.class.getName())
                .contains(LeadContext.class.getName(), "dev.throughline.events.context.LeadContextCodec$Written")
                .containsAll(recordsAndEnums());
        assertThat(found).allSatisfy(name -> assertThat(name).startsWith("dev.throughline."));
    }

    @Test
    void shouldPassOverWhatCannotBeLoadedAndWhatIsNotThere() {
        assertThat(JsonTypes.in(CLASS_PATH, name -> null)).isEmpty();
        assertThat(JsonTypes.in(List.of(Path.of("target/there-is-no-such.jar")), JsonTypesTest::byName))
                .isEmpty();
    }

    @Test
    void shouldBeWhatNativeImageIsToldToRun() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = JsonTypes.class.getResourceAsStream(
                "/META-INF/native-image/dev.throughline/platform/native-image.properties")) {
            properties.load(in);
        }

        assertThat(properties.getProperty("Args")).isEqualTo("--features=" + JsonTypes.class.getName());
    }

    private static List<String> recordsAndEnums() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.throughline")
                        .stream()
                        .filter(type -> type.isRecord() || type.isEnum())
                        .map(JavaClass::getName)
                        .toList();
    }

    private static @Nullable Class<?> byName(String name) {
        try {
            return Class.forName(name, false, JsonTypesTest.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
    }
}
