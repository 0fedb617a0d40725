package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.CallerEar;
import dev.throughline.simulator.twilio.audio.CallerVoice;
import dev.throughline.simulator.twilio.audio.MuLaw;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The person at the other end: works through a script on a virtual thread of its own and perceives the call only through its
 * ear. A wait that runs out is a problem of the call, and the person hangs up, as people do.
 */
final class ScriptedCaller implements Runnable {

    /** Silence after which a person takes the other to have finished. */
    private static final long TURN_MILLIS = 700;
    /** Longest wait for somebody to speak to before the words go nowhere. */
    private static final long STREAM_MILLIS = 5_000;

    private static final long LOOK_EVERY_MILLIS = 10;

    private final LiveCall call;
    private final CallerScript script;
    private final Function<byte[], String> transcriber;
    private long attentiveFromNanos = System.nanoTime();

    /** @param transcriber words of mu-law audio */
    ScriptedCaller(LiveCall call, CallerScript script, Function<byte[], String> transcriber) {
        this.call = call;
        this.script = script;
        this.transcriber = transcriber;
    }

    private static final class GaveUp extends Exception {
        private static final long serialVersionUID = 1L;

        GaveUp(String reason) {
            super(reason, null, false, false);
        }
    }

    @Override
    public void run() {
        try {
            require(() -> call.startTime() != null, 120_000, "the call was not answered");
            for (CallerStep step : script.steps()) {
                if (call.over().isDone()) {
                    call.journal().event("caller", "the call ended before the script did");
                    return;
                }
                perform(step);
            }
            call.journal().event("caller", "script finished");
            if (!script.steps().isEmpty() && !(script.steps().getLast() instanceof CallerStep.Wait)) {
                require(() -> false, 60_000, "nobody hung up within 60 s of the script's end");
            }
        } catch (GaveUp e) {
            if (!call.over().isDone()) {
                call.journal().problem(e.getMessage());
                call.interrupt(new Interruption.HangUp("caller gave up"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(CallerStep step) throws GaveUp, InterruptedException {
        switch (step) {
            case CallerStep.Wait wait -> {
                if (!until(() -> holds(wait.until()), wait.timeoutMillis()) && !wait.orContinue()) {
                    throw new GaveUp("waited " + wait.timeoutMillis() + " ms for "
                            + wait.until().word());
                }
            }
            case CallerStep.WaitForWords words -> {
                if (!until(() -> heard(words.text()), words.timeoutMillis()) && !words.orContinue()) {
                    throw new GaveUp("waited " + words.timeoutMillis() + " ms for the words " + words.text());
                }
            }
            case CallerStep.Say say -> {
                if (say.anyway()) {
                    speakAnyway(say.label(), say.audio());
                } else {
                    speak(say.label(), say.audio());
                }
            }
            case CallerStep.BargeIn bargeIn -> bargeIn(bargeIn);
            case CallerStep.Dtmf dtmf -> press(dtmf.digits());
            case CallerStep.Pause pause -> until(() -> false, pause.millis());
            case CallerStep.HangUp hangUp -> {
                call.journal().event("caller", "hangs up");
                call.interrupt(new Interruption.HangUp("caller"));
            }
        }
    }

    private boolean holds(CallerStep.Until condition) {
        CallerEar ear = call.ear();
        return switch (condition) {
            case ANSWERED -> call.startTime() != null;
            case STREAM -> call.liveStream() != null;
            case BRIDGED -> call.isBridged();
            case AGENT_SPEAKING -> ear.isSpeaking() && ear.heardMillis() > 0;
            case AGENT_FINISHED -> ear.hasFinished(TURN_MILLIS);
            case HANGUP -> call.over().isDone();
        };
    }

    private void bargeIn(CallerStep.BargeIn step) throws GaveUp, InterruptedException {
        CallerEar ear = call.ear();
        BooleanSupplier heardEnough = () -> ear.isSpeaking() && ear.heardMillis() >= step.afterMillis();
        require(
                () -> heardEnough.getAsBoolean() || ear.hasFinished(2 * TURN_MILLIS),
                step.timeoutMillis(),
                "waited " + step.timeoutMillis() + " ms to barge in");
        if (!heardEnough.getAsBoolean()) {
            call.journal().problem("the agent had finished before the caller could barge in");
        }
        call.journal().event("caller", "barges in");
        speak(step.label(), step.audio());
    }

    private void speak(String label, byte[] audio) throws InterruptedException {
        call.ear().expectAnswer();
        long millis = audio.length / MuLaw.BYTES_PER_MILLI;
        if (!until(() -> call.audio().isListenedTo(), STREAM_MILLIS)) {
            call.journal().event("caller", "says " + label + " to nobody: there is no stream");
            until(() -> false, millis);
            return;
        }
        call.journal().event("caller", "says " + label);
        call.audio().voice().say(audio);
        until(() -> !call.audio().voice().isSpeaking(), millis + 2_000);
        // What was still playing while the caller talked over it is not the answer.
        call.ear().expectAnswer();
        call.journal().event("caller", "has said " + label);
    }

    /** Speaks in real time; what nobody takes in its slot is lost. */
    private void speakAnyway(String label, byte[] audio) throws InterruptedException {
        CallerVoice voice = call.audio().voice();
        call.journal().event("caller", "says " + label);
        voice.say(audio);
        long slotNanos = MuLaw.FRAME_MILLIS * 1_000_000L;
        long[] due = {System.nanoTime() + slotNanos};
        until(
                () -> {
                    while (System.nanoTime() >= due[0]) {
                        due[0] += slotNanos;
                        if (!call.audio().isListenedTo()) {
                            voice.nextFrame();
                        }
                    }
                    return !voice.isSpeaking();
                },
                audio.length / MuLaw.BYTES_PER_MILLI + 2_000);
        call.journal().event("caller", "has said " + label);
    }

    /** Spoken audio is only looked at in pauses and now and then: finding its words takes long. */
    private boolean heard(String words) {
        long now = System.nanoTime();
        boolean attentive = call.ear().hasFinished(TURN_MILLIS / 2) && now >= attentiveFromNanos;
        if (attentive) {
            attentiveFromNanos = now + TURN_MILLIS / 2 * 1_000_000;
        }
        return call.journal().heard(words, attentive ? transcriber : audio -> "");
    }

    private void press(String digits) throws InterruptedException {
        for (String digit : digits.split("")) {
            call.press(digit);
            call.journal().event("caller", "presses a key");
            until(() -> false, 120);
        }
    }

    private void require(BooleanSupplier condition, long millis, String otherwise) throws GaveUp, InterruptedException {
        if (!until(condition, millis)) {
            throw new GaveUp(otherwise);
        }
    }

    /** Looks at {@code condition} until it holds (true), the time is up or the call is over. */
    private boolean until(BooleanSupplier condition, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline || call.over().isDone()) {
                return condition.getAsBoolean();
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return true;
    }
}
