package dev.throughline.localstack.deploy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.front.RouteTable;
import dev.throughline.localstack.parts.KafkaPart;
import dev.throughline.localstack.parts.ServiceModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployTest {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
    private static final Pattern VARIABLE = Pattern.compile("(?:\\$\\{|\")([A-Z][A-Z_]+)[:}\"]");

    @BeforeAll
    static void kubectl() {
        assumeTrue(Manifests.canRender(), "kubectl, which renders the manifests, is not installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void everyObjectShouldFitItsSchema(String overlay) throws IOException {
        assertThat(overlay(overlay).objects())
                .isNotEmpty()
                .allSatisfy(object -> assertThat(ObjectSchemas.problem(object)).isNull());
    }

    @Test
    void anObjectThatDoesNotFitShouldBeNoticed() throws IOException {
        for (String wrong : List.of(
                "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {prots: []}}",
                "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {}}",
                "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: {name: a}, spec: {partition: 1}}",
                "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: a}, spec: {instances: 1, minReplicas: 1}}",
                "{apiVersion: postgresql.cnpg.io/v1, kind: Database, metadata: {name: a}, spec: {name: a, owner: a}}",
                "{apiVersion: postgresql.cnpg.io/v1, kind: ScheduledBackup, metadata: {name: a}, spec: {schedule: x, cluster: {name: a}, method: tape}}",
                "{apiVersion: barmancloud.cnpg.io/v1, kind: ObjectStore, metadata: {name: a}, spec: {retentionPolicy: long, configuration: {destinationPath: a}}}",
                "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {endpoint: []}}")) {
            assertThat(ObjectSchemas.problem(Manifests.parse(wrong).objects().getFirst()))
                    .as(wrong)
                    .isNotNull();
        }
    }

    @Test
    void theExampleOfTheSecretsShouldFit() throws IOException {
        assertThat(secrets().objects())
                .allSatisfy(object -> assertThat(ObjectSchemas.problem(object)).isNull());
    }

    @Test
    void theIngressShouldBeTheRouteTable() throws IOException {
        Path file = KUBERNETES.resolve("base/ingress.yaml");
        String expected = IngressManifest.of(
                RouteTable.read(ROOT.resolve("deploy/routes.yaml")).routes());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }

    @Test
    void everyTopicShouldBeThere() throws IOException {
        Map<String, NewTopic> local = KafkaPart.topics().stream().collect(toMap(NewTopic::name, topic -> topic));
        assertThat(overlay("production").ofKind("KafkaTopic"))
                .hasSameSizeAs(local.keySet())
                .allSatisfy(topic -> {
                    JsonNode spec = topic.path("spec");
                    assertThat(local).containsKey(Manifests.name(topic));
                    NewTopic here = local.get(Manifests.name(topic));
                    assertThat(spec.path("config").path("cleanup.policy").asText("delete"))
                            .isEqualTo(here.configs().getOrDefault("cleanup.policy", "delete"));
                    assertThat(spec.path("partitions").asInt()).isGreaterThanOrEqualTo(here.numPartitions());
                    assertThat(spec.path("replicas").asInt()).isEqualTo(3);
                    assertThat(spec.path("config").path("min.insync.replicas").asInt())
                            .isEqualTo(2);
                });
    }

    @ParameterizedTest
    @EnumSource(ServiceModule.class)
    void aServiceShouldGetWhatItAsksForAndNothingElse(ServiceModule service) throws IOException {
        Properties properties =
                properties(ROOT.resolve(service.module() + "/src/main/resources/application.properties"));
        Set<String> required =
                Set.of(properties.getProperty("throughline.required").split(","));
        Set<String> given = environment(overlay("production"), service);
        assertThat(given).as("what the service cannot start without").containsAll(required);
        Set<String> known = variablesOfTheCode();
        assertThat(given.stream().filter(name -> !known.contains(name)))
                .as("what no line of the code reads")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ServiceModule.class)
    void aServiceShouldBeReachedWhereItListens(ServiceModule service) throws IOException {
        Manifests manifests = overlay("production");
        JsonNode container = container(manifests.named("Deployment", service.module()));
        assertThat(StreamSupport.stream(container.path("ports").spliterator(), false)
                        .map(port -> port.path("name").asText() + " "
                                + port.path("containerPort").asInt()))
                .as("the ports of the framework, which no service changes")
                .containsExactly("http 8080", "management 9000");
        assertThat(Files.readString(ROOT.resolve(service.module() + "/src/main/resources/application.properties")))
                .doesNotContain("quarkus.http.port", "quarkus.management.port");
        assertThat(manifests
                        .named("Service", service.module())
                        .path("spec")
                        .path("ports")
                        .get(0)
                        .path("port")
                        .asInt())
                .isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void noPodShouldHaveMoreRightsThanItNeeds(String overlay) throws IOException {
        Manifests manifests = overlay(overlay);
        assertThat(Stream.concat(manifests.ofKind("Deployment"), manifests.ofKind("Job")))
                .isNotEmpty()
                .allSatisfy(object -> {
                    JsonNode pod = object.path("spec").path("template").path("spec");
                    assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                            .isFalse();
                    assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean())
                            .isTrue();
                    JsonNode security = container(object).path("securityContext");
                    assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                            .isTrue();
                    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                            .isFalse();
                    assertThat(security.path("capabilities").path("drop").get(0).asText())
                            .isEqualTo("ALL");
                    assertThat(container(object)
                                    .path("resources")
                                    .path("limits")
                                    .has("memory"))
                            .isTrue();
                });
    }

    @Test
    void theBridgeShouldHaveTimeForTheLongestCall() throws IOException {
        JsonNode pod = overlay("production")
                .named("Deployment", "media-bridge")
                .path("spec")
                .path("template")
                .path("spec");
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(3600);
    }

    private static Manifests overlay(String name) throws IOException {
        return Manifests.render(KUBERNETES.resolve("overlays").resolve(name));
    }

    private static Manifests secrets() throws IOException {
        return Manifests.parse(Files.readString(KUBERNETES.resolve("secrets.example.yaml")));
    }

    private static JsonNode container(JsonNode workload) {
        return workload.path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .get(0);
    }

    /** The names of all variables the container of {@code service} is given, those of secrets included. */
    private static Set<String> environment(Manifests manifests, ServiceModule service) throws IOException {
        JsonNode container = container(manifests.named("Deployment", service.module()));
        Set<String> names = new TreeSet<>();
        container
                .path("env")
                .forEach(variable -> names.add(variable.path("name").asText()));
        Manifests secrets = secrets();
        for (JsonNode source : container.path("envFrom")) {
            JsonNode values = source.has("secretRef")
                    ? secrets.named(
                                    "Secret",
                                    source.path("secretRef").path("name").asText())
                            .path("stringData")
                    : manifests.generated("ConfigMap", "throughline").path("data");
            values.fieldNames().forEachRemaining(names::add);
        }
        // Only parts of DATABASE_URL.
        names.removeAll(Set.of("DATABASE_USER", "DATABASE_PASSWORD"));
        return names;
    }

    /** Every variable a service's properties read or the check at its start names, and the framework's that are used here. */
    private static Set<String> variablesOfTheCode() throws IOException {
        Set<String> names = new TreeSet<>(Set.of(
                "DATABASE_URL",
                "JAVA_TOOL_OPTIONS",
                "LOG_FORMAT",
                "THROUGHLINE_BRIDGE_DRAIN_GRACE",
                "THROUGHLINE_BRIDGE_LISTEN_PEERS",
                "QUARKUS_FLYWAY_ACTIVE"));
        List<Path> files = Stream.concat(
                        Arrays.stream(ServiceModule.values())
                                .map(service -> service.module() + "/src/main/resources/application.properties"),
                        Stream.of(
                                "platform/src/main/resources/META-INF/microprofile-config.properties",
                                "platform/src/main/java/dev/throughline/platform/config/StartupChecks.java"))
                .map(ROOT::resolve)
                .toList();
        for (Path file : files) {
            VARIABLE.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(names::add);
        }
        return names;
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }
}
