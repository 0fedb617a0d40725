package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.Optional;

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
    private final CallWebhooks webhooks;
    private final Callees.Callee callee;

    /** A runner for {@code call}; {@code callee} matters to outbound calls only. */
    CallRunner(
            CallEnvironment environment,
            CallForms forms,
            VerbExecutor executor,
            LiveCall call,
            CallWebhooks webhooks,
            Callees.Callee callee) {
        this.environment = environment;
        this.forms = forms;
        this.loader = new TwimlLoader(environment, forms);
        this.executor = executor;
        this.call = call;
        this.webhooks = webhooks;
        this.callee = callee;
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
            if (call.isInbound()) {
                become(CallStatus.RINGING);
            } else {
                CallStatus reached = ring();
                if (reached != CallStatus.IN_PROGRESS) {
                    return reached;
                }
            }
        } catch (CallInterrupted e) {
            return CallStatus.CANCELED;
        }
        return talk();
    }

    private CallStatus ring() throws CallInterrupted {
        call.pause(50);
        become(CallStatus.INITIATED);
        call.pause(50);
        become(CallStatus.RINGING);
        call.pause(callee.ringMillis());
        if (callee.outcome() != CallStatus.COMPLETED) {
            return callee.outcome();
        }
        become(CallStatus.IN_PROGRESS);
        return CallStatus.IN_PROGRESS;
    }

    private CallStatus talk() {
        TwimlSource source = webhooks.first();
        for (int i = 0; i < MAX_DOCUMENTS; i++) {
            try {
                Optional<TwimlLoader.Loaded> loaded = loader.load(call, webhooks, source);
                call.checkInterrupted();
                if (loaded.isEmpty()) {
                    answer();
                    call.journal().spoken("say", APOLOGY);
                    return CallStatus.COMPLETED;
                }
                Flow flow = document(loaded.get());
                if (!(flow instanceof Flow.GoTo next)) {
                    return flow instanceof Flow.End end ? end.status() : CallStatus.COMPLETED;
                }
                source = next.source();
            } catch (CallInterrupted e) {
                switch (e.interruption()) {
                    case Interruption.HangUp hangUp -> {
                        call.journal().event("hang-up", hangUp.by());
                        return call.startTime() == null ? CallStatus.CANCELED : CallStatus.COMPLETED;
                    }
                    case Interruption.Replace replace -> source = replace.source();
                }
            }
        }
        environment.violations().add("11215", call.sid(), "more than " + MAX_DOCUMENTS + " documents in one call");
        return CallStatus.COMPLETED;
    }

    private Flow document(TwimlLoader.Loaded loaded) throws CallInterrupted {
        CallStatus rejection = VerbExecutor.rejection(loaded.document().verbs());
        if (rejection != null && call.startTime() == null) {
            return new Flow.End(rejection);
        }
        answer();
        for (Verb verb : loaded.document().verbs()) {
            Flow flow = executor.execute(call, verb, loaded.url());
            if (!(flow instanceof Flow.Next)) {
                return flow;
            }
        }
        return new Flow.End(CallStatus.COMPLETED);
    }

    private void answer() {
        if (call.startTime() == null) {
            become(CallStatus.IN_PROGRESS);
        }
    }

    private void become(CallStatus status) {
        call.become(status);
        String url = webhooks.statusCallback();
        if (url != null && webhooks.statusEvents().contains(status.event())) {
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
