package dev.throughline.context;

import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.ReleaseFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class ReleaseFilesTest {

    @TestHTTPResource(value = "/openapi", management = true)
    URL description;

    @Inject
    Pool pool;

    @Test
    void shouldDescribeTheApi() throws IOException {
        ReleaseFiles.shouldDescribeTheApi(description);
    }

    @Test
    void shouldNameEveryMigration() throws IOException {
        ReleaseFiles.shouldNameEveryMigration(pool);
    }
}
