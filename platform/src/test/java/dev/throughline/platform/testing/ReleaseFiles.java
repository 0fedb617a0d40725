package dev.throughline.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.schema.Migration;
import dev.throughline.platform.schema.SchemaCheck;
import dev.throughline.platform.web.ApiDescription;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the files a service brings along to what they are made of. In a service:
 *
 * <pre>{@code @QuarkusTest class ReleaseFilesTest extends ReleaseFiles {}}</pre>
 *
 * <p>{@code -Dgolden.update=true} makes them anew; what then differs is what other teams will meet, so review it.
 */
public abstract class ReleaseFiles {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource(value = "/openapi", management = true)
    URL description;

    @Inject
    Pool pool;

    /** The description that is served is the file, and the file is what the annotations say. */
    @Test
    void shouldDescribeTheApi() throws IOException {
        JsonNode annotations = JSON.readTree(RestAssured.given()
                .accept("application/json")
                .get(description + "-of-annotations")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
        Path file = RESOURCES.resolve(ApiDescription.FILE);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(annotations) + "\n");
        }

        assertThat(JSON.readTree(file.toFile()))
                .as("%s is not what the annotations say: run with -Dgolden.update=true and review it", file)
                .isEqualTo(annotations);
        // The one on the class path, which is older than the one just made anew.
        assertThat(JSON.readTree(description))
                .isEqualTo(JSON.readTree(getClass().getClassLoader().getResource(ApiDescription.FILE)));
    }

    /**
     * Every migration is named with the checksum Flyway stored of it. One that has left this machine never changes: a database that has it
     * would be refused.
     */
    @Test
    void shouldNameEveryMigration() throws IOException {
        List<String> history = new ArrayList<>();
        pool.query(SchemaCheck.HISTORY)
                .execute()
                .await()
                .atMost(SOON)
                .forEach(row -> history.add(Migration.of(row).line()));
        Path file = RESOURCES.resolve(SchemaCheck.FILE);
        if (Boolean.getBoolean("golden.update")) {
            Files.write(file, history);
        }

        assertThat(file)
                .as("does not name the migrations: run with -Dgolden.update=true and see that only new ones came")
                .exists()
                .hasContent(String.join("\n", history) + "\n");
    }
}
