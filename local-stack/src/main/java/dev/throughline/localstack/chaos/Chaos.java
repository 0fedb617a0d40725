package dev.throughline.localstack.chaos;

import dev.throughline.localstack.chaos.ChaosReport.Struck;
import dev.throughline.localstack.customer.TextCarrier;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.PartFailure;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One run: a stack of its own, customers, faults one after the other, and the checker. */
public final class Chaos {

    private static final Duration WARM_UP = Duration.ofSeconds(25);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(30);
    /** A part that does not come up is started again, as Kubernetes would. */
    private static final int STARTS = 3;

    private final ChaosPlan plan;
    private final Progress progress;
    private final List<Struck> struck = new ArrayList<>();
    private final List<Memory> memory = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    public Chaos(ChaosPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Whether everything was met; the stack is ended whatever happens. */
    public boolean run(Settings settings) throws IOException, InterruptedException {
        try (ChaosStack stack = ChaosStack.prepare(settings, progress)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closeQuietly(stack)));
            stack.start();
            ChaosReport report = play(stack);
            progress.say("");
            report.lines().forEach(progress::say);
            return report.met();
        } catch (PartFailure failure) {
            progress.failed(failure);
            return false;
        }
    }

    private ChaosReport play(ChaosStack stack) throws IOException, InterruptedException {
        Faults faults = stack.faults();
        try (TextCarrier carrier = stack.carrier()) {
            Load load =
                    new Load(plan, carrier, stack.twilio(), stack.stack().info().url());
            progress.say("  " + plan.customers() + " customers write and call");
            load.start();
            Thread.sleep(WARM_UP);
            memory.add(Memory.of(stack.stack()));
            if (plan.soak()) {
                soak(stack);
            } else {
                faults.disorder();
                breakThings(stack, faults.all());
            }
            progress.say("  the customers finish");
            load.end();
            progress.say("  comparing what the providers did with what the suite knows");
            List<Finding> findings = new ArrayList<>(stack.checker().findings(load.customers()));
            findings.add(new Finding(
                    "every customer could do what it wanted", load.failures() + " could not", load.failures() == 0));
            findings.add(new Finding(
                    "no part ended by itself, and each came up again",
                    ended.isEmpty() ? "0" : String.join(", ", ended),
                    ended.isEmpty()));
            memory.add(Memory.of(stack.stack()));
            findings.addAll(memoryFindings());
            return new ChaosReport(
                    struck, load.customers(), memory, findings, stack.checker().violations());
        }
    }

    private void soak(ChaosStack stack) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(plan.length());
        progress.say("  steady load for " + plan.length().toMinutes() + " minutes");
        while (Instant.now().isBefore(end)) {
            Thread.sleep(BETWEEN_SAMPLES);
            memory.add(Memory.of(stack.stack()));
        }
    }

    private void breakThings(ChaosStack stack, List<Fault> faults) throws InterruptedException {
        Instant end = Instant.now().plus(plan.length());
        for (int i = 0; i < faults.size() || Instant.now().isBefore(end); i++) {
            strike(stack, faults.get(i % faults.size()));
            Thread.sleep(plan.calm());
            reviveEnded(stack);
        }
    }

    private void strike(ChaosStack stack, Fault fault) throws InterruptedException {
        progress.say("  " + fault.name());
        Instant from = Instant.now();
        attempt(fault.strike());
        Thread.sleep(plan.hold());
        Instant mending = Instant.now();
        attempt(fault.mend());
        struck.add(new Struck(fault.name(), Duration.between(from, mending), Duration.between(mending, Instant.now())));
    }

    private void attempt(Fault.Act act) throws InterruptedException {
        for (int start = 1; start <= STARTS; start++) {
            try {
                act.run();
                return;
            } catch (PartFailure failure) {
                progress.failed(failure);
                ended.add(failure.part() + " did not come up");
            } catch (IOException refused) {
                progress.say("    " + refused.getMessage());
                ended.add("a fault could not be made or mended: " + refused.getMessage());
            }
        }
    }

    /** What ended although nobody killed it is started again, and told of. */
    private void reviveEnded(ChaosStack stack) throws InterruptedException {
        for (ManagedProcess process : stack.stack().ended()) {
            ended.add(process.name());
            attempt(() -> stack.stack().revive(process.name()));
        }
    }

    private List<Finding> memoryFindings() {
        List<Finding> findings = new ArrayList<>();
        for (ServiceModule service : ServiceModule.values()) {
            boolean met = plan.soak()
                    ? Memory.isFlat(service, memory)
                    : memory.getLast().hasNotGrown(service, memory.getFirst());
            findings.add(new Finding(
                    service.module() + (plan.soak() ? "'s memory is flat" : " holds no more than before"),
                    met ? "yes" : "no",
                    met));
        }
        return findings;
    }

    private static void closeQuietly(ChaosStack stack) {
        try {
            stack.close();
        } catch (IOException e) {
            System.err.println("The stack could not be ended: " + e.getMessage());
        }
    }
}
