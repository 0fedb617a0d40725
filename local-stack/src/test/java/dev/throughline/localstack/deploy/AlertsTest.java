package dev.throughline.localstack.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every alert by Prometheus itself: it fires for what it is made for, and keeps still otherwise. */
class AlertsTest {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Path ALERTS = ROOT.resolve("deploy/monitoring/alerts.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * What raises an alert, a value a minute in Prometheus' own notation ({@code 0+60x90}: from 0, 60 more each minute, ninety times).
     *
     * @param bad series by name, with which it fires after an hour and a half
     * @param good the same when all is well
     * @param labels beside the severity
     */
    private record Case(String alert, Map<String, String> bad, Map<String, String> good, Map<String, String> labels) {}

    private static final String SMS = "{service=\"sms-service\"}";

    private static final List<Case> CASES = List.of(
            new Case("ServiceAway", Map.of("up" + SMS, "0x90"), Map.of("up" + SMS, "1x90"), service("sms-service")),
            new Case(
                    "CallsFail",
                    Map.of(ended("agent-lost"), "0+12x90", ended("hangup"), "0+60x90"),
                    Map.of(ended("agent-lost"), "0+3x90", ended("hangup"), "0+60x90"),
                    Map.of()),
            new Case(
                    "CallsNotConnected",
                    Map.of("throughline_calls_total{outcome=\"agent-unavailable\"}", "0+1x90"),
                    Map.of("throughline_calls_total{outcome=\"connected\"}", "0+60x90"),
                    Map.of()),
            new Case(
                    "BridgeNearlyFull",
                    Map.of("throughline_bridge_calls_active{instance=\"a\"}", "171x90"),
                    Map.of("throughline_bridge_calls_active{instance=\"a\"}", "150x90"),
                    Map.of("instance", "a")),
            quantile("SetUpSlow", "throughline_bridge_setup_seconds", "3.1", "0.9"),
            quantile("AnswersSlow", "throughline_bridge_response_seconds", "4.1", "2"),
            new Case(
                    "FramesLate",
                    Map.of(
                            "throughline_bridge_frames_late_total",
                            "0+60x90",
                            "throughline_bridge_frames_total",
                            "0+3000x90"),
                    Map.of(
                            "throughline_bridge_frames_late_total",
                            "0+3x90",
                            "throughline_bridge_frames_total",
                            "0+3000x90"),
                    Map.of()),
            new Case(
                    "OutboxOld",
                    Map.of("throughline_outbox_oldest_age_millis" + SMS, "0+60000x90"),
                    Map.of("throughline_outbox_oldest_age_millis" + SMS, "900x90"),
                    service("sms-service")),
            new Case(
                    "ConsumerBehind",
                    Map.of(lag(), "5000x90"),
                    Map.of(lag(), "20x90"),
                    Map.of("service", "conversation-context", "consumer", "projection")),
            new Case(
                    "TurnsLost",
                    Map.of("throughline_bridge_events_lost_total{instance=\"a\"}", "0x85 1x10"),
                    Map.of("throughline_bridge_events_lost_total{instance=\"a\"}", "7x90"),
                    Map.of("instance", "a")),
            new Case(
                    "TextsNotDelivered",
                    Map.of(texts("undelivered"), "0+3x90", texts("delivered"), "0+9x90"),
                    Map.of(texts("undelivered"), "0+1x90", texts("delivered"), "0+9x90"),
                    Map.of()),
            quantile("TextsSlowToStore", "throughline_sms_store_seconds", "1.2", "0.005"),
            new Case(
                    "CallbacksMissing",
                    Map.of("throughline_calls_asked_about_total{answer=\"ended\"}", "0+1x90"),
                    Map.of("throughline_calls_asked_about_total{answer=\"live\"}", "0+1x90"),
                    Map.of()),
            new Case(
                    "RecordedWithoutDatabase",
                    Map.of("throughline_calls_recorded_without_database_total{instance=\"a\"}", "0x85 2x10"),
                    Map.of("throughline_calls_recorded_without_database_total{instance=\"a\"}", "2x90"),
                    Map.of("instance", "a")),
            new Case(
                    "CostHigh",
                    Map.of("throughline_conversations_cost_credits_total", "0+2000x90"),
                    Map.of("throughline_conversations_cost_credits_total", "0+1000x90"),
                    Map.of()),
            new Case(
                    "ServerErrors",
                    Map.of(requests("500"), "0+6x90", requests("200"), "0+60x90"),
                    Map.of(requests("500"), "0+1x90", requests("200"), "0+60x90"),
                    service("sms-service")),
            new Case(
                    "MemoryHigh",
                    Map.of(heap("used"), "950x90", heap("max"), "1000x90"),
                    Map.of(heap("used"), "500x90", heap("max"), "1000x90"),
                    Map.of("service", "sms-service", "instance", "a")));

    private static Map<String, String> service(String name) {
        return Map.of("service", name);
    }

    private static Case quantile(String alert, String metric, String bad, String good) {
        String series = metric + "{quantile=\"0.99\"}";
        return new Case(alert, Map.of(series, bad + "x90"), Map.of(series, good + "x90"), Map.of());
    }

    private static String ended(String cause) {
        return "throughline_bridge_streams_ended_total{cause=\"" + cause + "\"}";
    }

    private static String lag() {
        return "throughline_consumer_lag{service=\"conversation-context\",consumer=\"projection\"}";
    }

    private static String texts(String status) {
        return "throughline_texts_total{status=\"" + status + "\"}";
    }

    private static String requests(String status) {
        return "http_server_requests_seconds_count{service=\"sms-service\",status=\"" + status + "\"}";
    }

    private static String heap(String what) {
        return "jvm_memory_" + what + "_bytes{service=\"sms-service\",instance=\"a\",area=\"heap\",id=\"Tenured Gen\"}";
    }

    @Test
    void everyAlertShouldHaveACase() throws Exception {
        assertThat(CASES.stream().map(Case::alert)).containsExactlyInAnyOrderElementsOf(rules().keySet());
    }

    @Test
    void everyAlertShouldFireForWhatItIsMadeForAndKeepStillOtherwise(@TempDir Path directory) throws Exception {
        Optional<Path> promtool = Stream.of(
                        "/usr/bin/promtool", "/usr/local/bin/promtool", "/opt/homebrew/bin/promtool")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(promtool.isPresent(), "promtool, which comes with Prometheus, is not installed");
        List<Object> tests = new ArrayList<>();
        for (Case each : CASES) {
            tests.add(test(each.alert(), each.bad(), List.of(fired(each))));
            tests.add(test(each.alert(), each.good(), List.of()));
        }
        Path file = directory.resolve("tests.yaml");
        YAML.writeValue(
                file.toFile(),
                Map.of(
                        "rule_files",
                        List.of(ALERTS.toAbsolutePath().normalize().toString()),
                        "evaluation_interval",
                        "1m",
                        "tests",
                        tests));
        Process process = new ProcessBuilder(promtool.get().toString(), "test", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Map<String, Object> test(String alert, Map<String, String> series, List<Object> fired) {
        return Map.of(
                "interval",
                "1m",
                "input_series",
                series.entrySet().stream()
                        .map(entry -> Map.of("series", entry.getKey(), "values", entry.getValue()))
                        .toList(),
                "alert_rule_test",
                List.of(Map.of("eval_time", "90m", "alertname", alert, "exp_alerts", fired)));
    }

    private static Map<String, Object> fired(Case each) throws Exception {
        JsonNode rule = rules().get(each.alert());
        Map<String, String> labels = new TreeMap<>(each.labels());
        labels.put("severity", rule.path("labels").path("severity").asText());
        String summary = rule.path("annotations").path("summary").asText();
        for (Map.Entry<String, String> label : each.labels().entrySet()) {
            summary = summary.replace("{{ $labels." + label.getKey() + " }}", label.getValue());
        }
        return Map.of("exp_labels", labels, "exp_annotations", Map.of("summary", summary));
    }

    private static Map<String, JsonNode> rules() throws Exception {
        Map<String, JsonNode> rules = new TreeMap<>();
        YAML.readTree(ALERTS.toFile()).path("groups").forEach(group -> group.path("rules")
                .forEach(rule -> rules.put(rule.path("alert").asText(), rule)));
        return rules;
    }
}
