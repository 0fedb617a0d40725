package dev.throughline.localstack.bench.texts;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Posts texts over a number of connections, each its next one when the last was answered. One event loop, so that it takes the same from
 * the machine whoever answers.
 */
final class TextLoad implements AutoCloseable {

    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 3;
    private static final String WORDS = "Do you have time for a colouring on Tuesday, at nine or at one?";

    private final Vertx vertx;
    private final TextForm forms;
    private final int leads;
    private final String run = "%014x".formatted(System.nanoTime() & 0xFFFFFFFFFFFFFFL);
    private final AtomicLong numbers = new AtomicLong();

    TextLoad(Vertx vertx, TextForm forms, int leads) {
        this.vertx = vertx;
        this.forms = forms;
        this.leads = leads;
    }

    /** Posting that goes on until it is stopped. */
    final class Running {

        private final HttpClient http;
        private final Context context;
        private final RequestOptions target;
        private final String to;
        private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
        private final AtomicLong failed = new AtomicLong();
        private final long most;
        private final String words;
        private volatile boolean stopped;

        private Running(int port, String to, int connections, long most, String words) {
            this.words = words;
            this.most = numbers.get() + most;
            this.context = vertx.getOrCreateContext();
            this.http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(connections));
            this.target = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setURI(TextForm.PATH)
                    .setTimeout(LONGEST_MICROS / 1_000);
            this.to = to;
            context.runOnContext(go -> {
                for (int i = 0; i < connections; i++) {
                    next();
                }
            });
        }

        private void next() {
            if (stopped || numbers.get() >= most) {
                return;
            }
            long number = numbers.incrementAndGet();
            TextForm.Signed form = forms.of(run, number, customer(number % leads), to, words);
            long began = System.nanoTime();
            http.request(target)
                    .compose(request -> request.putHeader("Content-Type", "application/x-www-form-urlencoded")
                            .putHeader("X-Twilio-Signature", form.signature())
                            .putHeader("I-Twilio-Idempotency-Token", form.token())
                            .send(form.body()))
                    .compose(response -> response.end().map(response.statusCode()))
                    .onComplete(answer -> {
                        if (answer.succeeded() && answer.result() == 200) {
                            micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - began) / 1_000));
                        } else {
                            failed.incrementAndGet();
                        }
                        next();
                    });
        }

        /** What has been answered since the last call. */
        Answered take() {
            Histogram taken = micros.copy();
            micros.reset();
            return new Answered(taken, failed.getAndSet(0));
        }

        /** How many have been answered since the last {@link #take}. */
        long answered() {
            return micros.getTotalCount() + failed.get();
        }

        /** Posts nothing more. */
        void stop() throws InterruptedException {
            stopped = true;
            Thread.sleep(Duration.ofMillis(500));
            http.close();
        }
    }

    /**
     * What became of some posts.
     *
     * @param micros how long those took that were answered 200
     * @param failed answered otherwise, or not
     */
    record Answered(Histogram micros, long failed) {}

    /** Begins to post to {@code port}. @param to the number texted to */
    Running start(int port, String to, int connections) {
        return new Running(port, to, connections, Long.MAX_VALUE / 2, WORDS);
    }

    /** Posts one text of each customer. */
    Running once(int port, String to, int connections, String words) {
        return new Running(port, to, connections, leads, words);
    }

    /** The number of a customer, E.164. */
    static String customer(long number) {
        return "+1202556%04d".formatted(number);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
