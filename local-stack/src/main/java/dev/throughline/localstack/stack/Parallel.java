package dev.throughline.localstack.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks side by side; the first that fails interrupts the others, since without one part the rest is of no use. */
final class Parallel {

    private Parallel() {}

    /**
     * Returns when all tasks have ended well.
     *
     * @throws PartFailure the first failure
     */
    static void run(List<Callable<Void>> tasks) throws PartFailure, InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Void> completion = new ExecutorCompletionService<>(executor);
            List<Future<Void>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(completion.submit(task)));
            try {
                for (int i = 0; i < tasks.size(); i++) {
                    completion.take().get();
                }
            } catch (ExecutionException e) {
                running.forEach(task -> task.cancel(true));
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                running.forEach(task -> task.cancel(true));
                throw e;
            }
        }
    }

    private static PartFailure failure(Throwable cause) {
        if (cause instanceof PartFailure failure) {
            return failure;
        }
        if (cause instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        return new PartFailure("The start", "failed: " + cause, null, cause);
    }
}
