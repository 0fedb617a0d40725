package dev.throughline.localstack.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object against its schema: Kubernetes' own kinds against the classes generated from its OpenAPI document (unknown and missing fields),
 * Kafka's and the Prometheus operator's against their projects' classes (unknown and mistyped fields), and CloudNativePG's, which publishes
 * none, against {@link CloudNativePg}.
 */
final class ObjectSchemas {

    private interface Schema {
        void check(String json) throws IOException;
    }

    private interface Generated {
        void validate(JsonElement json) throws IOException;
    }

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // The models keep what they do not know in a bag; here it is an error.
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    private static final Map<String, Schema> SCHEMAS = Map.ofEntries(
            Map.entry("v1/ServiceAccount", openApi(V1ServiceAccount::validateJsonElement)),
            Map.entry("v1/ConfigMap", openApi(V1ConfigMap::validateJsonElement)),
            Map.entry("v1/Secret", openApi(V1Secret::validateJsonElement)),
            Map.entry("v1/Service", openApi(V1Service::validateJsonElement)),
            Map.entry("apps/v1/Deployment", openApi(V1Deployment::validateJsonElement)),
            Map.entry("batch/v1/Job", openApi(V1Job::validateJsonElement)),
            Map.entry("policy/v1/PodDisruptionBudget", openApi(V1PodDisruptionBudget::validateJsonElement)),
            Map.entry(
                    "autoscaling/v2/HorizontalPodAutoscaler", openApi(V2HorizontalPodAutoscaler::validateJsonElement)),
            Map.entry("networking.k8s.io/v1/Ingress", openApi(V1Ingress::validateJsonElement)),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", openApi(V1NetworkPolicy::validateJsonElement)),
            Map.entry("kafka.strimzi.io/v1/Kafka", model(Kafka.class)),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", model(KafkaNodePool.class)),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", model(KafkaTopic.class)),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", model(ServiceMonitor.class)),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", model(PrometheusRule.class)),
            Map.entry("barmancloud.cnpg.io/v1/ObjectStore", spec(CloudNativePg.StoreSpec.class)),
            Map.entry("postgresql.cnpg.io/v1/Cluster", spec(CloudNativePg.ClusterSpec.class)),
            Map.entry("postgresql.cnpg.io/v1/Database", spec(CloudNativePg.DatabaseSpec.class)),
            Map.entry("postgresql.cnpg.io/v1/ScheduledBackup", spec(CloudNativePg.BackupSpec.class)));

    private ObjectSchemas() {}

    /** What is wrong with {@code object}, in words; null when nothing is. */
    static @Nullable String problem(JsonNode object) {
        String type =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        Schema schema = SCHEMAS.get(type);
        if (schema == null) {
            return type + " is not a kind this test knows";
        }
        try {
            schema.check(object.toString());
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return type + " " + Manifests.name(object) + ": " + e.getMessage();
        }
    }

    private static Schema openApi(Generated generated) {
        return json -> generated.validate(JsonParser.parseString(json));
    }

    private static Schema model(Class<? extends HasMetadata> model) {
        return json -> STRICT.readValue(json, model);
    }

    private static Schema spec(Class<?> spec) {
        JavaType resource = STRICT.getTypeFactory().constructParametricType(CloudNativePg.Resource.class, spec);
        return json -> STRICT.readValue(json, resource);
    }
}
