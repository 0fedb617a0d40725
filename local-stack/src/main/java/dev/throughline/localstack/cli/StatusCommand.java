package dev.throughline.localstack.cli;

import dev.throughline.localstack.process.ProcessRecord;
import dev.throughline.localstack.process.ProcessRecords;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code ./dev status}: parts, processes, ports, readiness. Exit status 0 when the stack is up and ready, 1 otherwise. */
final class StatusCommand {

    private StatusCommand() {}

    static int run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        ProcessRecords records = new ProcessRecords(settings.directories().run());
        Optional<StackInfo> stack = StackInfo.running(settings.directories());
        boolean launcher = records.read(ProcessRecords.LAUNCHER)
                .flatMap(ProcessRecord::running)
                .isPresent();
        if (!launcher) {
            long leftovers = records.all().stream()
                    .filter(record -> record.running().isPresent())
                    .count();
            out.println(
                    leftovers == 0
                            ? "Throughline is not running. ./dev up starts it."
                            : "Throughline is not running, but " + leftovers
                                    + " of its parts were left by a killed run; ./dev down ends them.");
            return 1;
        }
        out.println(stack.map(info -> "Throughline is up: " + info.url()).orElse("Throughline is starting."));
        boolean allReady = stack.isPresent();
        for (ProcessRecord record : records.all()) {
            boolean ready = ready(record);
            allReady &= ready;
            out.printf(
                    Locale.ROOT,
                    "  %-22s %-10s process %-8d %s%n",
                    record.name(),
                    ready ? "ready" : record.running().isPresent() ? "not ready" : "stopped",
                    record.pid(),
                    ports(record.ports()));
        }
        return allReady ? 0 : 1;
    }

    private static boolean ready(ProcessRecord record) throws InterruptedException {
        boolean alive = record.running().isPresent();
        Integer management = record.ports().get("management");
        if (!alive || management == null) {
            return alive;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String ports(Map<String, Integer> ports) {
        return new TreeMap<>(ports)
                .entrySet().stream()
                        .filter(port -> port.getValue() != 0)
                        .map(port -> port.getKey() + " " + port.getValue())
                        .collect(Collectors.joining(", "));
    }
}
