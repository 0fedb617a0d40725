package dev.throughline.platform.kafka;

import dev.throughline.events.RecordedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events straight to Kafka, for services without a database and for those whose database is down; others write to the
 * outbox. Calling it never blocks: records wait in a bounded buffer for a thread of its own, in order. While Kafka is away each waits
 * up to {@code throughline.kafka.publish-timeout}, then fails with {@link PublishException}; a full buffer fails at once.
 */
@Singleton
public final class EventPublisher {

    private static final Duration MAX_BLOCK = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private record Waiting(ProducerRecord<String, byte[]> record, CompletableFuture<Void> done, long deadlineNanos) {}

    private final KafkaProducer<String, byte[]> producer;
    private final BlockingQueue<Waiting> buffer;
    private final Duration timeout;
    private final Thread thread;
    private volatile boolean closing;

    @Inject
    EventPublisher(KafkaClients clients, KafkaConfig config, MeterRegistry metrics) {
        this.timeout = config.publishTimeout();
        this.buffer = new ArrayBlockingQueue<>(config.publishBuffer());
        this.producer = clients.producer(
                "publisher",
                MAX_BLOCK,
                timeout.compareTo(Duration.ofSeconds(11)) > 0 ? timeout : Duration.ofSeconds(11));
        metrics.gauge("throughline.publisher.waiting", buffer, BlockingQueue::size);
        this.thread = Thread.ofPlatform().name("event-publisher").daemon().start(this::run);
    }

    /**
     * Publishes an event under its lead's key, with the current trace. At once, also without a subscriber.
     *
     * @return completes when Kafka has acknowledged it; fails with {@link PublishException}
     */
    public Uni<Void> publish(RecordedEvent event) {
        return send(Records.of(event));
    }

    /** As {@link #publish} for any record; a {@code traceparent} is added when there is none. */
    public Uni<Void> send(ProducerRecord<String, byte[]> record) {
        if (record.headers().lastHeader(TraceHeaders.TRACEPARENT) == null) {
            TraceHeaders.current().ifPresent(trace -> record.headers()
                    .add(TraceHeaders.TRACEPARENT, trace.getBytes(StandardCharsets.UTF_8)));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (closing) {
            done.completeExceptionally(new PublishException("the publisher is shutting down", null));
        } else if (!buffer.offer(new Waiting(record, done, System.nanoTime() + timeout.toNanos()))) {
            done.completeExceptionally(new PublishException("the publish buffer is full", null));
        }
        return Uni.createFrom().completionStage(done);
    }

    private void run() {
        while (!closing || !buffer.isEmpty()) {
            try {
                Waiting next = buffer.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    hand(next);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Blocks while the broker is unknown, which keeps the order of what waits behind. */
    private void hand(Waiting waiting) {
        while (true) {
            if (System.nanoTime() - waiting.deadlineNanos() > 0) {
                waiting.done().completeExceptionally(new PublishException("Kafka did not answer in time", null));
                return;
            }
            if (sent(waiting)) {
                return;
            }
        }
    }

    /** @return false when the broker is still unknown: nothing has left yet, so the record may be handed over again */
    private boolean sent(Waiting waiting) {
        AtomicBoolean handedOver = new AtomicBoolean();
        AtomicBoolean brokerUnknown = new AtomicBoolean();
        try {
            producer.send(waiting.record(), (metadata, failure) -> {
                // Only while send() runs, on this thread, does a time-out mean that the record was not even queued.
                if (failure instanceof TimeoutException && !handedOver.get() && !closing) {
                    brokerUnknown.set(true);
                } else {
                    complete(waiting, failure);
                }
            });
            handedOver.set(true);
        } catch (RuntimeException e) {
            complete(waiting, e);
        }
        return !brokerUnknown.get();
    }

    private static void complete(Waiting waiting, @Nullable Exception failure) {
        if (failure == null) {
            waiting.done().complete(null);
        } else {
            waiting.done().completeExceptionally(new PublishException("Kafka refused the record", failure));
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        closing = true;
        thread.join(CLOSE_TIMEOUT);
        thread.interrupt();
        producer.close(CLOSE_TIMEOUT);
    }
}
