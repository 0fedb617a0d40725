package dev.throughline.simulator.twilio.webhook;

import dev.throughline.simulator.twilio.webhook.HttpAttempt.Outcome;
import dev.throughline.simulator.twilio.webhook.WebhookResult.Failed;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Makes webhooks the way Twilio does, with armed faults. Failures nobody injected are reported. {@link #send} blocks and belongs
 * on a virtual thread; {@link #callBack} returns at once and keeps the order of one subject's callbacks.
 */
public final class WebhookSender {

    private static final long DEFAULT_DELAY_MILLIS = 2_000;
    /** A reordered webhook goes out after the next one of its kind, or alone after this long. */
    private static final long HOLD_MILLIS = 4_000;

    private final HttpAttempt http;
    private final FaultPlan faults;
    private final Violations violations;
    private final WebhookLog log;
    private final Map<String, CompletableFuture<Void>> callbackTails = new ConcurrentHashMap<>();
    private final Map<WebhookKind, CompletableFuture<Void>> held = new ConcurrentHashMap<>();

    /** A sender that uses {@code faults} and reports to {@code violations} and {@code log}. */
    public WebhookSender(HttpAttempt http, FaultPlan faults, Violations violations, WebhookLog log) {
        this.http = http;
        this.faults = faults;
        this.violations = violations;
        this.log = log;
    }

    /** Sends {@code webhook} and waits for its end: at most the total timeout and any injected delay. */
    public WebhookResult send(Webhook webhook) {
        if (faults.take("reorder", webhook.kind().names()).isPresent()) {
            waitForTheNext(webhook.kind());
            return deliver(webhook);
        }
        WebhookResult result = deliver(webhook);
        release(webhook.kind());
        return result;
    }

    /** Sends a status callback soon: after the earlier ones of its subject, unless an armed fault says otherwise. */
    public void callBack(Webhook webhook) {
        if (faults.take("reorder", webhook.kind().names()).isPresent()) {
            CompletableFuture<Void> hold = hold(webhook.kind());
            Thread.startVirtualThread(() -> {
                join(hold);
                deliver(webhook);
            });
            return;
        }
        String subject = webhook.subject() + "|" + webhook.kind();
        callbackTails.compute(subject, (key, tail) -> {
            CompletableFuture<Void> before = tail == null ? CompletableFuture.completedFuture(null) : tail;
            CompletableFuture<Void> mine = before.thenRunAsync(
                    () -> {
                        deliver(webhook);
                        release(webhook.kind());
                    },
                    Thread::startVirtualThread);
            mine.whenComplete((nothing, failure) -> callbackTails.remove(key, mine));
            return mine;
        });
    }

    private WebhookResult deliver(Webhook webhook) {
        faults.take("delay", webhook.kind().names())
                .ifPresent(fault -> sleep(fault.options().getLong("delayMs", DEFAULT_DELAY_MILLIS)));
        if (faults.take("drop", webhook.kind().names()).isPresent()) {
            log.add(entry(webhook, "", 1).put("fault", "drop"));
            return new Failed(11205, "dropped by an armed fault", true);
        }
        boolean forged = faults.take("wrong-signature", webhook.kind().names()).isPresent();
        boolean twice = faults.take("duplicate", webhook.kind().names()).isPresent();
        String token = UUID.randomUUID().toString();
        WebhookResult result = attempts(webhook, token, forged);
        if (twice) {
            attempts(webhook, token, forged);
        }
        if (result instanceof Failed failed && !failed.injected()) {
            violations.add(
                    String.valueOf(failed.code()),
                    webhook.subject(),
                    webhook.kind() + " webhook to " + withoutQuery(webhook.url()) + ": " + failed.reason());
        }
        return result;
    }

    private WebhookResult attempts(Webhook webhook, String token, boolean forged) {
        ConnectionOverrides overrides;
        try {
            overrides = ConnectionOverrides.of(webhook.url());
        } catch (IllegalArgumentException e) {
            return new Failed(11100, "not a URL", forged);
        }
        long deadline = System.nanoTime() + overrides.totalMillis() * 1_000_000L;
        for (int attempt = 1; ; attempt++) {
            JsonObject entry = entry(webhook, token, attempt);
            if (forged) {
                entry.put("fault", "wrong-signature");
            }
            long startedAt = System.nanoTime();
            Outcome outcome = http.run(webhook, overrides, token, forged, deadline);
            log.add(entry.put("ms", (System.nanoTime() - startedAt) / 1_000_000)
                    .put("status", outcome.status())
                    .put("result", outcome.what()));
            boolean again = outcome.retryReason().filter(overrides::retries).isPresent()
                    && attempt <= overrides.retries()
                    && System.nanoTime() < deadline;
            if (!again) {
                return forged && outcome.result() instanceof Failed failed
                        ? new Failed(failed.code(), failed.reason(), true)
                        : outcome.result();
            }
        }
    }

    private static JsonObject entry(Webhook webhook, String token, int attempt) {
        return new JsonObject()
                .put("at", Instant.now().toString())
                .put("kind", webhook.kind().name().toLowerCase(java.util.Locale.ROOT))
                .put("subject", webhook.subject())
                .put("method", webhook.method())
                .put("url", webhook.url())
                .put("attempt", attempt)
                .put("idempotencyToken", token)
                .put("parameters", new JsonObject(new java.util.LinkedHashMap<>(webhook.parameters())));
    }

    private void waitForTheNext(WebhookKind kind) {
        join(hold(kind));
    }

    private CompletableFuture<Void> hold(WebhookKind kind) {
        CompletableFuture<Void> hold =
                new CompletableFuture<Void>().completeOnTimeout(null, HOLD_MILLIS, TimeUnit.MILLISECONDS);
        Optional.ofNullable(held.put(kind, hold)).ifPresent(older -> older.complete(null));
        return hold;
    }

    private void release(WebhookKind kind) {
        Optional.ofNullable(held.remove(kind)).ifPresent(hold -> hold.complete(null));
    }

    private static void join(CompletableFuture<Void> future) {
        future.join();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(Math.clamp(millis, 0, 60_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String withoutQuery(String url) {
        return url.replaceAll("[?#].*$", "");
    }
}
