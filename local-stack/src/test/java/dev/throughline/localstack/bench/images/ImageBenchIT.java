package dev.throughline.localstack.bench.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images as they are delivered, where there is an engine: built, migrated, and started as nobody on a read-only root until they are ready
 * and their own health check agrees. How soon that is decides no test.
 */
class ImageBenchIT {

    @TempDir
    private Path home;

    @Test
    void shouldStartEveryImageWithAndWithoutItsCache() throws Exception {
        try (ImageBench bench = new ImageBench(settings(), new Progress(System.out), 1)) {
            assumeTrue(bench.hasEngine(), "no Docker engine answers");

            List<ImageFigures> figures = bench.run();

            assertThat(figures)
                    .extracting(ImageFigures::service)
                    .containsExactlyElementsOf(Stream.of(ServiceModule.values())
                            .map(ServiceModule::module)
                            .toList());
            assertThat(figures).allSatisfy(image -> {
                assertThat(image.imageBytes()).isPositive();
                assertThat(image.trained().resident()).isPositive();
                assertThat(image.plain().resident()).isPositive();
            });
            assertThat(ImageFigures.targets(figures)).hasSize(2 * figures.size());
        }
    }

    private Settings settings() throws Exception {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of("PATH", "DOCKER_HOST", "RUNTIME_IMAGE")) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
        }
        environment.put("THROUGHLINE_HOME", home.toString());
        return Settings.read(Path.of(System.getProperty("throughline.root")), environment);
    }
}
