package dev.throughline.localstack.bench.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/** Does one thing many times and tells how long each took. */
final class Load {

    private static final Duration DRAIN = Duration.ofSeconds(30);

    private Load() {}

    /**
     * An open loop: begins {@code perSecond} a second whether or not the ones before have ended, and counts from the moment each was due, so
     * that a stall is not hidden (coordinated omission).
     *
     * @param work gets its number, tells whether it succeeded
     */
    static Figures open(int perSecond, Duration window, IntPredicate work) throws InterruptedException {
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        AtomicLong failed = new AtomicLong();
        int total = Math.toIntExact(perSecond * window.toMillis() / 1_000);
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long from = System.nanoTime();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < total; i++) {
                long due = from + i * interval;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                int number = i;
                executor.execute(() -> {
                    if (work.test(number)) {
                        nanos.add(System.nanoTime() - due);
                    } else {
                        failed.incrementAndGet();
                    }
                });
            }
            executor.shutdown();
            if (!executor.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        }
        return Figures.of(List.copyOf(nanos), failed.get(), System.nanoTime() - from);
    }

    /** A closed loop: so many at once, each begins the next when it has ended. */
    static Figures closed(int atOnce, Duration window, IntPredicate work) throws InterruptedException {
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        AtomicLong failed = new AtomicLong();
        AtomicInteger next = new AtomicInteger();
        long from = System.nanoTime();
        long until = from + window.toNanos();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            workers.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < until) {
                    long begin = System.nanoTime();
                    if (work.test(next.getAndIncrement())) {
                        nanos.add(System.nanoTime() - begin);
                    } else {
                        failed.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return Figures.of(List.copyOf(nanos), failed.get(), System.nanoTime() - from);
    }
}
