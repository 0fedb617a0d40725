package dev.throughline.localstack.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonitoringTest {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Path MONITORING = ROOT.resolve("deploy/monitoring");
    private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?!=|\\()");
    private static final Pattern SUFFIX = Pattern.compile("_(total|seconds|millis)$");
    /** What the framework measures and we look at. */
    private static final Set<String> FRAMEWORK = Set.of(
            "http_server_requests_seconds_count", "jvm_memory_used_bytes", "jvm_memory_max_bytes", "process_cpu_usage");

    @Test
    void whatIsLookedAtShouldBeMeasured() throws IOException {
        Set<String> documented = Metrics.documented(ROOT);
        List<String> expressions = new ArrayList<>();
        for (JsonNode rule : rules()) {
            expressions.add(rule.path("expr").asText());
        }
        for (Path dashboard : dashboards()) {
            for (JsonNode panel :
                    new ObjectMapper().readTree(dashboard.toFile()).path("panels")) {
                panel.path("targets")
                        .forEach(target -> expressions.add(target.path("expr").asText()));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(40).allSatisfy(expression -> assertThat(names(expression))
                .as(expression)
                .allMatch(name -> documented.contains(Metrics.family(name)) || FRAMEWORK.contains(name)));
    }

    @Test
    void whatIsDocumentedShouldStandInTheCode() throws IOException {
        String code = code();
        assertThat(Metrics.documented(ROOT)).allSatisfy(name -> {
            // The steps of set-up and response are measured by one line, which puts their name together.
            String dotted = SUFFIX.matcher(name.replace("_step_seconds", ""))
                    .replaceAll("")
                    .replace('_', '.');
            assertThat(code).as(name).containsAnyOf("\"" + dotted + "\"", "\"" + name.replace('_', '.') + "\"");
        });
    }

    @Test
    void everyAlertShouldHaveItsPageInTheRunbook() throws IOException {
        String runbook = Files.readString(ROOT.resolve("docs/runbook.md"));
        Set<String> alerts = new TreeSet<>();
        for (JsonNode rule : rules()) {
            alerts.add(rule.path("alert").asText());
            assertThat(rule.path("labels").path("severity").asText()).isIn("page", "ticket");
        }
        Set<String> sections = Pattern.compile("(?m)^## ([A-Z]\\w+)$")
                .matcher(runbook.substring(0, runbook.indexOf("# Without an alert")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sections).isEqualTo(alerts);
    }

    @Test
    void kubernetesShouldHaveTheSameAlerts() throws IOException {
        Path file = ROOT.resolve("deploy/kubernetes/base/alerts.yaml");
        String rules = Files.readString(MONITORING.resolve("alerts.yaml"));
        String expected = """
                # Made from deploy/monitoring/alerts.yaml by the test of the monitoring (-Dgolden.update=true); changed there, not here.
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata:
                  name: throughline
                spec:
                """ + rules.substring(rules.indexOf("groups:")).indent(2);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        new YAMLMapper()
                .readTree(MONITORING.resolve("alerts.yaml").toFile())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(MONITORING.resolve("dashboards"))) {
            return files.sorted().toList();
        }
    }

    /** The metrics of an expression: words with underscores that are no functions and no labels. */
    private static List<String> names(String expression) {
        return NAME.matcher(expression.replaceAll("\"[^\"]*\"", ""))
                .results()
                .map(found -> found.group())
                .toList();
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of(
                "platform",
                "telephony-gateway",
                "media-bridge",
                "sms-service",
                "tools-service",
                "conversation-context")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    code.append(Files.readString(file));
                }
            }
        }
        return code.toString();
    }
}
