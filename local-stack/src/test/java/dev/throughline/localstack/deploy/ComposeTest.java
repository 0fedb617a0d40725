package dev.throughline.localstack.deploy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.throughline.localstack.front.RouteTable;
import dev.throughline.localstack.parts.KafkaPart;
import dev.throughline.localstack.parts.ServiceModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
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
    void theFrontShouldBeUnderstoodByNginx(@TempDir Path directory) throws Exception {
        Path nginx = Path.of("/usr/sbin/nginx");
        assumeTrue(Files.isExecutable(nginx), "nginx is not installed");
        Path file = Files.copy(DEPLOY.resolve("compose/nginx.conf"), directory.resolve("nginx.conf"));
        Process process = new ProcessBuilder(
                        nginx.toString(),
                        "-t",
                        "-p",
                        directory.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        file.toString(),
                        "-g",
                        "pid " + directory.resolve("pid") + ";")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
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
