package dev.throughline.localstack.deploy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.throughline.localstack.front.RouteTable;
import dev.throughline.localstack.parts.KafkaPart;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

class ComposeTest {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Pattern TOPIC =
            Pattern.compile("topic (\\S+) --partitions (\\d+) --config cleanup.policy=(\\w+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

    @ParameterizedTest
    @EnumSource(ServiceModule.class)
    void aServiceShouldGetWhatItAsksForAndBeAsRestrictedAsInProduction(ServiceModule service) throws IOException {
        JsonNode container = service(service.module());
        Properties properties = new Properties();
        try (InputStream in =
                Files.newInputStream(ROOT.resolve(service.module() + "/src/main/resources/application.properties"))) {
            properties.load(in);
        }
        Set<String> given = new TreeSet<>();
        merged(container.path("environment")).forEach(given::add);

        assertThat(given)
                .contains(properties.getProperty("throughline.required").split(","));
        assertThat(container.path("build").path("args").path("SERVICE").asText())
                .isEqualTo(service.module());
        assertThat(container.path("read_only").asBoolean()).isTrue();
        assertThat(container.path("user").asText()).isEqualTo("10001:10001");
        assertThat(container.path("cap_drop").get(0).asText()).isEqualTo("ALL");
        service.database().ifPresent(database -> assertThat(
                        container.path("environment").path("DATABASE_URL").asText())
                .endsWith("@postgres:5432/" + database));
    }

    @Test
    void everyDatabaseShouldBeMade() throws IOException {
        String sql = Files.readString(DEPLOY.resolve("compose/databases.sql"));
        for (ServiceModule service : ServiceModule.values()) {
            service.database().ifPresent(database -> assertThat(sql).contains("CREATE DATABASE " + database + ";"));
        }
    }

    @Test
    void everyTopicShouldBeMade() throws IOException {
        Map<String, NewTopic> wanted = KafkaPart.topics().stream().collect(toMap(NewTopic::name, topic -> topic));
        Matcher made = TOPIC.matcher(service("topics").path("entrypoint").get(2).asText());
        List<String> names = new ArrayList<>();
        while (made.find()) {
            names.add(made.group(1));
            NewTopic topic = wanted.get(made.group(1));
            assertThat(topic).as(made.group(1)).isNotNull();
            assertThat(Integer.parseInt(made.group(2))).isEqualTo(topic.numPartitions());
            assertThat(made.group(3)).isEqualTo(topic.configs().get("cleanup.policy"));
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(wanted.keySet());
    }

    @Test
    void everyVariableAskedForShouldStandInTheExample() throws IOException {
        Set<String> asked = new TreeSet<>();
        VARIABLE.matcher(Files.readString(DEPLOY.resolve("compose.yaml")))
                .results()
                .forEach(found -> asked.add(found.group(1)));
        asked.remove("PORT");
        Set<String> told = new TreeSet<>();
        Files.readAllLines(DEPLOY.resolve("compose/env.example")).stream()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .forEach(line -> told.add(line.substring(0, line.indexOf('='))));
        assertThat(told).isEqualTo(asked);
    }

    @Test
    void everyMountedFileShouldBeThereAndEveryServiceScraped() throws IOException {
        for (JsonNode service : compose().path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String from = volume.asText().split(":")[0];
                if (from.startsWith("./")) {
                    assertThat(DEPLOY.resolve(from)).exists();
                }
            }
        }
        String scraped = Files.readString(DEPLOY.resolve("compose/prometheus.yaml"));
        for (ServiceModule service : ServiceModule.values()) {
            assertThat(scraped).contains("\"" + service.module() + ":9000\"");
        }
    }

    @Test
    void theFrontShouldBeTheRouteTable() throws IOException {
        Path file = DEPLOY.resolve("compose/nginx.conf");
        String expected = NginxConfiguration.of(
                RouteTable.read(DEPLOY.resolve("routes.yaml")).routes());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }

    @Test
    void theFrontShouldSlowAnAddressDownButNeverAProvider(@TempDir Path directory) throws Exception {
        Path nginx = Path.of("/usr/sbin/nginx");
        assumeTrue(Files.isExecutable(nginx), "nginx is not installed");
        int port = new Ports().free();
        // No service is there: what is let through is answered 502.
        String configuration = Files.readString(DEPLOY.resolve("compose/nginx.conf"))
                .replace("listen 8080;", "listen 127.0.0.1:" + port + ";")
                .replace("http://$service:8080", "http://127.0.0.1:1");
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
        Process process = new ProcessBuilder(
                        nginx.toString(),
                        "-p",
                        directory.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        file.toString(),
                        "-g",
                        "daemon off; pid " + directory.resolve("pid") + ";")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String front = "http://127.0.0.1:" + port;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> status(client, front + "/healthy", "192.0.2.1") == 204);
            assertThat(statuses(client, front + "/api/leads", "192.0.2.1")).contains(429);
            assertThat(status(client, front + "/api/leads", "192.0.2.2"))
                    .as("somebody else")
                    .isEqualTo(502);
            assertThat(statuses(client, front + "/api/webhooks/twilio/status", "192.0.2.1"))
                    .containsOnly(502);
            assertThat(status(client, front + "/internal/texts", "192.0.2.1")).isEqualTo(404);
        } finally {
            process.destroy();
            assertThat(process.waitFor())
                    .as(Files.readString(directory.resolve("said")))
                    .isZero();
        }
    }

    /** More requests than one address may make at once. */
    private static Set<Integer> statuses(HttpClient client, String url, String address) throws Exception {
        Set<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            statuses.add(status(client, url, address));
        }
        return statuses;
    }

    private static int status(HttpClient client, String url, String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("X-Forwarded-For", address)
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(DEPLOY.resolve("compose.yaml").toFile());
    }

    /** A service with what its anchors give it. */
    private static JsonNode service(String name) throws IOException {
        Object loaded = new Yaml().load(Files.readString(DEPLOY.resolve("compose.yaml")));
        return new YAMLMapper().valueToTree(loaded).path("services").path(name);
    }

    private static List<String> merged(JsonNode environment) {
        List<String> names = new ArrayList<>();
        environment.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
