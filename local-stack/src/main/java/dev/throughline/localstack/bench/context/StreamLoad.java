package dev.throughline.localstack.bench.context;

import dev.throughline.localstack.secrets.OperatorTokens.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Events that carry the time they were published at, to SSE clients and to a plain consumer beside them. */
final class StreamLoad {

    private static final Pattern STAMP = Pattern.compile("stamp(\\d+)");
    private static final Duration LATEST = Duration.ofSeconds(10);
    /** Of these nobody waits for: connections and code are cold. */
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    /** @param lost events that did not come to their client */
    record Measured(Latencies toClient, Latencies toConsumer, int lost) {}

    private final ContextWorkbench bench;
    private final EventMaker maker;
    private final List<UUID> leads;

    StreamLoad(ContextWorkbench bench, EventMaker maker, List<UUID> leads) {
        this.bench = bench;
        this.maker = maker;
        this.leads = leads;
    }

    Measured run(int rate, Duration duration) throws IOException, InterruptedException {
        String token = bench.token(Role.VIEWER, Optional.of(ContextWorkbench.TENANT));
        int events = (int) (rate * duration.toMillis() / 1_000);
        Latencies toClient = new Latencies(events);
        Latencies toConsumer = new Latencies(events);
        long measuredFrom = System.nanoTime() + WARM_UP.toNanos();
        List<SseListener> clients = new ArrayList<>();
        Consumer consumer = new Consumer(toConsumer, measuredFrom);
        Thread consuming = Thread.ofPlatform().daemon().start(consumer);
        try {
            for (UUID lead : leads) {
                clients.add(new SseListener(bench.port(), lead, token, line -> note(line, toClient, measuredFrom)));
            }
            for (SseListener client : clients) {
                client.awaitOpen();
            }
            long until = publish(rate, measuredFrom, events);
            while (toClient.count() < events && System.nanoTime() < until + LATEST.toNanos()) {
                LockSupport.parkNanos(1_000_000);
            }
        } finally {
            for (SseListener client : clients) {
                client.close();
            }
            consumer.stopping = true;
            consuming.join(Duration.ofSeconds(2));
        }
        return new Measured(toClient, toConsumer, events - toClient.count());
    }

    /** Publishes evenly until so many are published after the warm-up; gives the time it ended. */
    private long publish(int rate, long measuredFrom, int events) {
        long gap = 1_000_000_000L / rate;
        try (KafkaProducer<String, byte[]> producer = bench.producer()) {
            long next = System.nanoTime();
            int measured = 0;
            for (int i = 0; measured < events; i++) {
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                long stamp = System.nanoTime();
                measured += stamp >= measuredFrom ? 1 : 0;
                producer.send(maker.record(maker.text(leads.get(i % leads.size()), "stamp" + stamp)));
                next += gap;
            }
        }
        return System.nanoTime();
    }

    private static void note(String text, Latencies latencies, long measuredFrom) {
        Matcher stamp = STAMP.matcher(text);
        if (stamp.find()) {
            long published = Long.parseLong(stamp.group(1));
            if (published >= measuredFrom) {
                latencies.add(System.nanoTime() - published);
            }
        }
    }

    /** Nothing but Kafka. */
    private final class Consumer implements Runnable {
        private final Latencies latencies;
        private final long measuredFrom;
        private volatile boolean stopping;

        Consumer(Latencies latencies, long measuredFrom) {
            this.latencies = latencies;
            this.measuredFrom = measuredFrom;
        }

        @Override
        public void run() {
            Map<String, Object> configuration = Map.of("bootstrap.servers", bench.kafkaServers());
            try (var consumer =
                    new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor(EventMaker.TOPIC).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToEnd(partitions);
                while (!stopping) {
                    consumer.poll(Duration.ofMillis(200))
                            .forEach(record ->
                                    note(new String(record.value(), StandardCharsets.UTF_8), latencies, measuredFrom));
                }
            }
        }
    }
}
