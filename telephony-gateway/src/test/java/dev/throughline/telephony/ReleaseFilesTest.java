package dev.throughline.telephony;

import dev.throughline.platform.testing.ReleaseFiles;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReleaseFilesTest extends GatewayTest {

    @TestHTTPResource(value = "/openapi", management = true)
    URL description;

    @Test
    void shouldDescribeTheApi() throws IOException {
        ReleaseFiles.shouldDescribeTheApi(description);
    }

    @Test
    void shouldNameEveryMigration() throws IOException {
        ReleaseFiles.shouldNameEveryMigration(pool);
    }
}
