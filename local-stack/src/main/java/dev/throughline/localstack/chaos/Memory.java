package dev.throughline.localstack.chaos;

import dev.throughline.localstack.bench.ProcessFigures;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.stack.Stack;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the services weigh.
 *
 * @param services by service
 */
record Memory(Map<ServiceModule, Weight> services) {

    /** A service's code caches and pools fill up once; what grows without an end goes past this soon. */
    private static final long SETTLING_BYTES = 16L << 20;

    private static final double SETTLING_SHARE = 1.25;
    private static final double NOISE_SHARE = 1.05;
    private static final long NOISE_BYTES = 2L << 20;

    /**
     * A process' memory, in bytes.
     *
     * @param resident pages in memory
     * @param live objects left after a full collection
     */
    record Weight(long resident, long live) {}

    Memory {
        services = Map.copyOf(services);
    }

    /** Now, after a full collection in each service; those that are away are left out. */
    static Memory of(Stack stack) throws IOException, InterruptedException {
        Map<ServiceModule, Weight> services = new EnumMap<>(ServiceModule.class);
        for (ServiceModule service : ServiceModule.values()) {
            Optional<ProcessHandle> process = stack.process(service.module());
            if (process.isPresent() && process.get().isAlive()) {
                ProcessFigures figures = new ProcessFigures(process.get());
                long live = figures.liveHeapBytes().orElse(0);
                services.put(service, new Weight(figures.residentBytes(), live));
            }
        }
        return new Memory(services);
    }

    /** Whether a service holds no more than it did {@code before}, but for what fills up once. */
    boolean hasNotGrown(ServiceModule service, Memory before) {
        Weight now = services.get(service);
        Weight then = before.services.get(service);
        return now != null && then != null && now.live <= then.live * SETTLING_SHARE + SETTLING_BYTES;
    }

    /** Whether a service's live objects were as many in the last third of {@code samples} as in the second, but for noise. */
    static boolean isFlat(ServiceModule service, List<Memory> samples) {
        int third = Math.max(1, samples.size() / 3);
        double middle = mean(service, samples.subList(samples.size() - 2 * third, samples.size() - third));
        double last = mean(service, samples.subList(samples.size() - third, samples.size()));
        return last <= middle * NOISE_SHARE + NOISE_BYTES;
    }

    private static double mean(ServiceModule service, List<Memory> samples) {
        return samples.stream()
                .filter(sample -> sample.services.containsKey(service))
                .mapToLong(sample -> sample.services.get(service).live)
                .average()
                .orElse(0);
    }
}
