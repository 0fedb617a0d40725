package dev.throughline.platform.kafka;

import dev.throughline.platform.outage.DatabaseAway;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings one batch through its handler: whole first, then record by record to find the bad one, which becomes a dead letter. Returns
 * when everything is done; throws {@link StoppedException} when the consumer closes before that.
 */
final class BatchRunner implements AutoCloseable {

    /** The consumer is closing; the batch comes again, elsewhere or later. */
    static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static final Logger LOG = Logger.getLogger(BatchRunner.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final int MAX_REASON = 500;

    private final KafkaClients clients;
    private final GroupConsumer.Settings settings;
    private final GroupConsumer.BlockingHandler handler;
    private final BooleanSupplier closing;
    private @Nullable KafkaProducer<String, byte[]> deadLetters;

    BatchRunner(
            KafkaClients clients,
            GroupConsumer.Settings settings,
            GroupConsumer.BlockingHandler handler,
            BooleanSupplier closing) {
        this.clients = clients;
        this.settings = settings;
        this.handler = handler;
        this.closing = closing;
    }

    void run(List<ConsumerRecord<String, byte[]>> batch) {
        Throwable failure = attempt(batch);
        if (failure == null) {
            return;
        }
        if (batch.size() == 1) {
            buryOrThrow(batch.getFirst(), failure);
            return;
        }
        LOG.debugf("batch failed, going record by record, topic=%s size=%d", settings.topic(), batch.size());
        for (ConsumerRecord<String, byte[]> record : batch) {
            Throwable single = attempt(List.of(record));
            if (single != null) {
                buryOrThrow(record, single);
            }
        }
    }

    /** @return null when it went well; otherwise why it never will */
    private @Nullable Throwable attempt(List<ConsumerRecord<String, byte[]>> batch) {
        Duration backoff = FIRST_BACKOFF;
        int failures = 0;
        while (true) {
            Throwable failure = once(batch);
            if (failure == null || failure instanceof PoisonRecordException) {
                return failure;
            }
            boolean waiting = isTransient(failure);
            if (!waiting && (batch.size() > 1 || ++failures >= settings.attempts())) {
                return failure;
            }
            LOG.warnf(
                    "batch failed, repeating, topic=%s size=%d transient=%b reason=%s",
                    settings.topic(), batch.size(), waiting, failure.getClass().getSimpleName());
            pause(backoff);
            backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
        }
    }

    private @Nullable Throwable once(List<ConsumerRecord<String, byte[]>> batch) {
        if (closing.getAsBoolean()) {
            throw new StoppedException();
        }
        Instant from = Instant.now();
        try {
            handler.handle(batch);
            Instant to = Instant.now();
            batch.forEach(record -> TraceHeaders.processed(record, from, to));
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } catch (Exception e) {
            Throwable cause = e;
            while ((cause instanceof java.util.concurrent.CompletionException || cause instanceof ExecutionException)
                    && cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause;
        }
    }

    private boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PublishException
                    || cause instanceof RetriableException
                    || cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof io.smallrye.mutiny.TimeoutException
                    || DatabaseAway.isCause(cause)
                    || settings.transientFailure().test(cause)) {
                return true;
            }
        }
        return false;
    }

    private void buryOrThrow(ConsumerRecord<String, byte[]> record, Throwable failure) {
        String topic = record.topic() + "-dlq";
        Map<String, String> headers = new HashMap<>(Records.headers(record));
        headers.put("dead-letter-reason", bounded(String.valueOf(failure.getMessage())));
        headers.put("dead-letter-cause", failure.getClass().getName());
        headers.put("dead-letter-topic", record.topic());
        headers.put("dead-letter-partition", Integer.toString(record.partition()));
        headers.put("dead-letter-offset", Long.toString(record.offset()));
        headers.put("dead-letter-group", settings.group());
        while (true) {
            if (closing.getAsBoolean()) {
                throw new StoppedException();
            }
            try {
                deadLetters()
                        .send(Records.of(topic, record.key(), headers, record.value()))
                        .get(35, TimeUnit.SECONDS);
                LOG.errorf(
                        "record is a dead letter, topic=%s partition=%d offset=%d cause=%s",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        failure.getClass().getName());
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warnf("dead letter not written, repeating, topic=%s", topic);
                pause(MAX_BACKOFF);
            }
        }
    }

    private synchronized KafkaProducer<String, byte[]> deadLetters() {
        KafkaProducer<String, byte[]> producer = deadLetters;
        if (producer == null) {
            producer = clients.producer("dlq-" + settings.topic(), Duration.ofSeconds(5), Duration.ofSeconds(30));
            deadLetters = producer;
        }
        return producer;
    }

    private void pause(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - until < 0) {
            if (closing.getAsBoolean()) {
                throw new StoppedException();
            }
            try {
                Thread.sleep(Math.min(50, duration.toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            }
        }
    }

    private static String bounded(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
    }

    @Override
    public synchronized void close() {
        KafkaProducer<String, byte[]> producer = deadLetters;
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
