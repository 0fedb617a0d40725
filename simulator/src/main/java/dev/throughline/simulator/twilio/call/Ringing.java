package dev.throughline.simulator.twilio.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What becomes of a call while it rings. */
final class Ringing {

    private final LiveCall call;
    private final CallPlan plan;
    private final AppLegs apps;

    /** Starts the far leg of a call to a TwiML App. */
    @FunctionalInterface
    interface AppLegs {
        LiveCall start(LiveCall caller, Destination.App app, String voiceUrl);
    }

    Ringing(LiveCall call, CallPlan plan, AppLegs apps) {
        this.call = call;
        this.plan = plan;
        this.apps = apps;
    }

    /** Waits for it: IN_PROGRESS when somebody answered, else how the call ends. */
    CallStatus outcome() throws CallInterrupted {
        long limit = TimeUnit.SECONDS.toMillis(plan.options().ringSeconds());
        return switch (plan.destination()) {
            case Destination.Caller caller -> CallStatus.IN_PROGRESS;
            case Destination.Person person -> person(person.callee(), limit);
            case Destination.App app -> app(app, limit);
            case Destination.Nowhere nowhere -> failed(nowhere.reason());
        };
    }

    private CallStatus person(Callees.Callee callee, long limit) throws CallInterrupted {
        if (callee.ringMillis() > limit) {
            call.pause(limit);
            return CallStatus.NO_ANSWER;
        }
        call.pause(callee.ringMillis());
        return callee.outcome() == CallStatus.COMPLETED ? CallStatus.IN_PROGRESS : callee.outcome();
    }

    /** The two legs live and end together. */
    private CallStatus app(Destination.App app, long limit) throws CallInterrupted {
        String voiceUrl = app.app().setting("VoiceUrl");
        if (voiceUrl == null) {
            return failed("the application " + app.app().sid() + " has no VoiceUrl");
        }
        LiveCall far = apps.start(call, app, voiceUrl);
        call.journal().event("app-leg", far.sid());
        call.over().thenRun(() -> far.interrupt(new Interruption.HangUp("the calling leg ended")));
        far.over().thenRun(() -> call.interrupt(new Interruption.HangUp("the app's leg ended")));
        CompletableFuture<Object> reached = CompletableFuture.anyOf(far.answered(), far.over())
                .completeOnTimeout("nobody", limit, TimeUnit.MILLISECONDS);
        try {
            call.await(reached, limit + 5_000);
        } catch (CallInterrupted e) {
            if (!far.over().isDone()) {
                throw e;
            }
        }
        if (far.answered().isDone()) {
            return CallStatus.IN_PROGRESS;
        }
        if (far.over().isDone()) {
            return far.status() == CallStatus.BUSY ? CallStatus.BUSY : CallStatus.FAILED;
        }
        return CallStatus.NO_ANSWER;
    }

    private CallStatus failed(String reason) {
        call.journal().problem(reason);
        return CallStatus.FAILED;
    }
}
