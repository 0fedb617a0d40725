package dev.throughline.localstack.chaos;

import dev.throughline.localstack.parts.ServiceModule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run has to tell.
 *
 * @param faults that were struck
 * @param customers who wrote and called
 * @param memory samples, the first taken when everything was warm
 * @param findings what had to be true
 * @param violations what the providers would have refused or ignored
 */
record ChaosReport(
        List<Struck> faults,
        List<Customer> customers,
        List<Memory> memory,
        List<Finding> findings,
        List<String> violations) {

    private static final double MIB = 1 << 20;
    private static final int SHOWN = 12;

    /**
     * A fault that was.
     *
     * @param back from the beginning of the mending until what was broken was ready again
     */
    record Struck(String name, Duration held, Duration back) {}

    boolean met() {
        return findings.stream().allMatch(Finding::met);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!faults.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "%-55s %8s %12s", "what was broken", "for s", "ready after s"));
            faults.forEach(fault -> lines.add(String.format(
                    Locale.ROOT, "%-55s %8.1f %12.1f", fault.name(), seconds(fault.held()), seconds(fault.back()))));
            lines.add("");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%d customers: %d texts taken (%d webhooks sent), %d calls.",
                customers.size(),
                customers.stream().mapToInt(each -> each.texts().size()).sum(),
                customers.stream().mapToInt(Customer::deliveries).sum(),
                customers.stream().mapToInt(each -> each.calls().size()).sum()));
        lines.add("");
        lines.addAll(weights());
        lines.add("");
        findings.forEach(finding ->
                lines.add("  " + (finding.met() ? "met     " : "MISSED  ") + finding.what() + ": " + finding.figure()));
        if (!violations.isEmpty()) {
            lines.add("");
            lines.add(violations.size() + " times a stand-in noticed what the provider would have refused or ignored:");
            violations.stream().distinct().limit(SHOWN).forEach(each -> lines.add("  " + each));
        }
        return lines;
    }

    private List<String> weights() {
        List<String> lines = new ArrayList<>();
        if (memory.isEmpty()) {
            return lines;
        }
        lines.add(String.format(
                Locale.ROOT,
                "%-24s %14s %14s %14s %14s",
                "MiB",
                "resident warm",
                "resident end",
                "live warm",
                "live end"));
        for (ServiceModule service : ServiceModule.values()) {
            Memory.Weight first = memory.getFirst().services().get(service);
            Memory.Weight last = memory.getLast().services().get(service);
            if (first != null && last != null) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-24s %14.0f %14.0f %14.1f %14.1f",
                        service.module(),
                        first.resident() / MIB,
                        last.resident() / MIB,
                        first.live() / MIB,
                        last.live() / MIB));
            }
        }
        return lines;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
