package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.twiml.Verb;
import java.util.concurrent.TimeUnit;

/** {@code <Say>}, {@code <Play>}, {@code <Pause>} in something like real time. Speech takes 50 ms per character, at most 5 s. */
final class SpeechVerbs {

    private static final int MILLIS_PER_CHARACTER = 50;
    private static final int MAX_SPEECH_MILLIS = 5_000;
    private static final int PLAY_MILLIS = 1_000;
    private static final int KEY_MILLIS = 100;
    private static final int KEY_PAUSE_MILLIS = 500;
    private static final int LOOK_EVERY_MILLIS = 20;
    private static final int MAX_LOOPS = 10;

    private SpeechVerbs() {}

    static void say(LiveCall call, Verb.Say say) throws CallInterrupted {
        for (int i = 0; i < loops(say.loop()); i++) {
            call.says("say", say.text());
            hear(call, speechMillis(say.text()), false);
        }
    }

    static void play(LiveCall call, Verb.Play play) throws CallInterrupted {
        if (play.digits() != null) {
            sendDigits(call, play.digits());
            return;
        }
        for (int i = 0; i < loops(play.loop()); i++) {
            call.says("play", play.url());
            hear(call, PLAY_MILLIS, false);
        }
    }

    static void pause(LiveCall call, Verb.Pause pause) throws CallInterrupted {
        call.pause(TimeUnit.SECONDS.toMillis(pause.seconds()));
    }

    /** A prompt of {@code <Gather>}, once; a key press cuts it off. */
    static void prompt(LiveCall call, Verb prompt) throws CallInterrupted {
        switch (prompt) {
            case Verb.Say say -> {
                call.says("say", say.text());
                hear(call, speechMillis(say.text()), true);
            }
            case Verb.Play play -> {
                call.says("play", play.url());
                hear(call, PLAY_MILLIS, true);
            }
            case Verb.Pause pause -> wait(call, TimeUnit.SECONDS.toMillis(pause.seconds()), true);
            default -> throw new IllegalStateException("not a prompt: " + prompt);
        }
    }

    /** Keys pressed for the account, as tones the far end hears; {@code w} is half a second. */
    static void sendDigits(LiveCall call, String digits) throws CallInterrupted {
        call.journal().spoken("dtmf", digits);
        for (char each : digits.toCharArray()) {
            call.pause(each == 'w' || each == 'W' ? KEY_PAUSE_MILLIS : KEY_MILLIS);
        }
    }

    /** How long it takes to say {@code text}. */
    static long speechMillis(String text) {
        return Math.min((long) text.length() * MILLIS_PER_CHARACTER, MAX_SPEECH_MILLIS);
    }

    private static void hear(LiveCall call, long millis, boolean untilKey) throws CallInterrupted {
        call.ear().hearFor(millis);
        boolean whole = false;
        try {
            whole = wait(call, millis, untilKey);
        } finally {
            if (!whole) {
                call.audio().cutOff();
            }
        }
    }

    /** Whether the whole time went by without a key press that mattered. */
    private static boolean wait(LiveCall call, long millis, boolean untilKey) throws CallInterrupted {
        if (!untilKey) {
            call.pause(millis);
            return true;
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (call.digits().isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return true;
            }
            call.pause(Math.min(left, LOOK_EVERY_MILLIS));
        }
        return false;
    }

    private static int loops(int asked) {
        return asked == 0 ? MAX_LOOPS : Math.min(asked, MAX_LOOPS);
    }
}
