package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The life of one call on a virtual thread.
 *
 * <pre>
 *  inbound:   RINGING ─ first TwiML ─▶ IN_PROGRESS ─ verbs ─▶ COMPLETED      (Reject: BUSY or FAILED)
 *  outbound:  QUEUED ─▶ INITIATED ─▶ RINGING ─ callee ─▶ IN_PROGRESS ─ first TwiML, verbs ─▶ COMPLETED
 *                                          └──────────▶ BUSY, NO_ANSWER, FAILED
 * </pre>
 */
final class CallRunner implements Runnable {

    private static final int MAX_DOCUMENTS = 1_000;
    private static final String APOLOGY = "We are sorry, an application error has occurred. Goodbye.";

    private final CallEnvironment environment;
    private final CallForms forms;
    private final TwimlLoader loader;
    private final VerbExecutor executor;
    private final LiveCall call;
    private final CallPlan plan;
    private final Ringing ringing;

    /** A runner for {@code call}; {@code apps} starts the far leg of a call to a TwiML App. */
    CallRunner(
            CallEnvironment environment,
            CallForms forms,
            VerbExecutor executor,
            LiveCall call,
            CallPlan plan,
            Ringing.AppLegs apps) {
        this.environment = environment;
        this.forms = forms;
        this.loader = new TwimlLoader(environment, forms);
        this.executor = executor;
        this.call = call;
        this.plan = plan;
        this.ringing = new Ringing(call, plan, apps);
        call.onAnswer(this::answer);
    }

    @Override
    public void run() {
        CallStatus last = CallStatus.FAILED;
        try {
            last = live();
        } catch (RuntimeException e) {
            call.journal().problem("the stand-in failed: " + e);
            environment.violations().add("simulator", call.sid(), "the stand-in failed: " + e);
        } finally {
            become(last);
        }
    }

    private CallStatus live() {
        try {
            if (call.facts().isInbound()) {
                become(CallStatus.RINGING);
            } else {
                CallStatus reached = ring();
                if (reached != CallStatus.IN_PROGRESS) {
                    return reached;
                }
                sendDigits();
                detectMachine();
            }
        } catch (CallInterrupted e) {
            return call.startTime() == null ? CallStatus.CANCELED : CallStatus.COMPLETED;
        }
        return talk();
    }

    private CallStatus ring() throws CallInterrupted {
        call.pause(50 + call.queueMillis());
        become(CallStatus.INITIATED);
        call.pause(50);
        become(CallStatus.RINGING);
        CallStatus reached = ringing.outcome();
        if (reached == CallStatus.IN_PROGRESS) {
            answer();
        }
        return reached;
    }

    private void sendDigits() throws CallInterrupted {
        String digits = plan.options().sendDigits();
        if (digits != null) {
            SpeechVerbs.sendDigits(call, digits);
        }
    }

    /** Synchronous detection holds the call up; asynchronous tells its callback while the call goes on. */
    private void detectMachine() throws CallInterrupted {
        MachineDetection detection = plan.options().detection();
        if (detection == null || !(plan.destination() instanceof Destination.Person person)) {
            return;
        }
        MachineDetection.Verdict verdict = detection.verdict(person.callee());
        if (!detection.async()) {
            call.pause(verdict.millis());
            call.answeredBy(verdict.answeredBy());
            return;
        }
        CompletableFuture.delayedExecutor(verdict.millis(), TimeUnit.MILLISECONDS)
                .execute(() -> detected(detection, verdict));
    }

    private void detected(MachineDetection detection, MachineDetection.Verdict verdict) {
        if (call.over().isDone()) {
            return;
        }
        call.answeredBy(verdict.answeredBy());
        if (detection.callback() != null) {
            environment
                    .webhooks()
                    .callBack(new Webhook(
                            WebhookKind.AMD_STATUS,
                            detection.method(),
                            detection.callback(),
                            forms.answeredBy(call, verdict),
                            call.sid()));
        }
    }

    private CallStatus talk() {
        TwimlSource source = plan.webhooks().first();
        TwimlSource afterwards = plan.webhooks().afterwards();
        for (int i = 0; i < MAX_DOCUMENTS; i++) {
            try {
                Flow flow = follow(source);
                if (flow instanceof Flow.GoTo next) {
                    source = next.source();
                } else if (flow instanceof Flow.Next && afterwards != null) {
                    source = afterwards;
                    afterwards = null;
                } else {
                    return flow instanceof Flow.End end ? end.status() : CallStatus.COMPLETED;
                }
            } catch (CallInterrupted e) {
                switch (e.interruption()) {
                    case Interruption.HangUp hangUp -> {
                        call.journal().event("hang-up", hangUp.by());
                        return call.startTime() == null ? CallStatus.CANCELED : CallStatus.COMPLETED;
                    }
                    case Interruption.Replace replace -> {
                        source = replace.source();
                        afterwards = null;
                    }
                }
            }
        }
        environment.violations().add("11215", call.sid(), "more than " + MAX_DOCUMENTS + " documents in one call");
        return CallStatus.COMPLETED;
    }

    /** Does what one source says; {@link Flow.Next} when its verbs have run out. */
    private Flow follow(TwimlSource source) throws CallInterrupted {
        if (source instanceof TwimlSource.Join join) {
            answer();
            join.place().stay(call);
            return new Flow.End(CallStatus.COMPLETED);
        }
        Optional<TwimlLoader.Loaded> loaded = loader.load(call, plan.webhooks(), source);
        call.checkInterrupted();
        if (loaded.isEmpty()) {
            answer();
            call.journal().spoken("say", APOLOGY);
            return new Flow.End(CallStatus.COMPLETED);
        }
        return document(loaded.get());
    }

    private Flow document(TwimlLoader.Loaded loaded) throws CallInterrupted {
        List<Verb> verbs = loaded.document().verbs();
        CallStatus rejection = VerbExecutor.rejection(verbs);
        if (rejection != null && call.startTime() == null) {
            return new Flow.End(rejection);
        }
        if (verbs.isEmpty()) {
            answer();
        }
        for (Verb verb : verbs) {
            if (!VerbExecutor.leavesRinging(verb)) {
                answer();
            }
            Flow flow = executor.execute(call, verb, loaded.url());
            if (!(flow instanceof Flow.Next)) {
                return flow;
            }
        }
        return call.startTime() == null ? new Flow.End(CallStatus.NO_ANSWER) : new Flow.Next();
    }

    private void answer() {
        if (call.startTime() == null) {
            become(CallStatus.IN_PROGRESS);
            int limit = plan.options().timeLimitSeconds();
            if (limit > 0) {
                CompletableFuture.delayedExecutor(limit, TimeUnit.SECONDS)
                        .execute(() -> call.interrupt(new Interruption.HangUp("time limit")));
            }
        }
    }

    /** A call canceled while it was queued is told to nobody. Source: Twilio, <i>Call resource</i>. */
    private void become(CallStatus status) {
        boolean untold = status == CallStatus.CANCELED && call.status() == CallStatus.QUEUED;
        CallWebhooks webhooks = plan.webhooks();
        call.become(status);
        String url = webhooks.statusCallback();
        if (url != null && webhooks.statusEvents().contains(status.event()) && !untold) {
            environment
                    .webhooks()
                    .callBack(new Webhook(
                            WebhookKind.CALL_STATUS,
                            webhooks.statusMethod(),
                            url,
                            forms.status(call, status, call.nextSequenceNumber()),
                            call.sid()));
        }
    }
}
