package dev.throughline.simulator.twilio.stream;

import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.audio.LegAudio;
import dev.throughline.simulator.twilio.audio.PlaybackQueue;
import java.util.List;
import java.util.function.Consumer;

/**
 * What comes back over a two-way stream: audio played to the far end in real time, marks echoed when what was before them has
 * been played, {@code clear}. Messages of a wrong shape are ignored and reported once. One event loop only.
 */
final class StreamReturn {

    private final StreamEnvironment environment;
    private final StreamRequest request;
    private final LegAudio audio;
    private final HeardAudio heard;
    private final StreamStats stats;
    private final Consumer<String> echo;
    private final PlaybackQueue playback = new PlaybackQueue();
    private final long startNanos = System.nanoTime();
    private boolean wrongShapeReported;

    /** @param echo takes the name of each mark to send back */
    StreamReturn(
            StreamEnvironment environment,
            StreamRequest request,
            LegAudio audio,
            HeardAudio heard,
            StreamStats stats,
            Consumer<String> echo) {
        this.environment = environment;
        this.request = request;
        this.audio = audio;
        this.heard = heard;
        this.stats = stats;
        this.echo = echo;
    }

    /** A text message from the server. */
    void received(String text) {
        switch (ServerMessage.read(text, request.streamSid())) {
            case ServerMessage.Media media -> {
                stats.audioReceived(media.audio().length);
                if (!playback.offerAudio(media.audio())) {
                    environment
                            .violations()
                            .add("31931", request.callSid(), "over 10 minutes of audio queued; dropped");
                }
            }
            case ServerMessage.Mark mark -> {
                stats.markReceived(mark.name(), sinceStart());
                if (playback.offerMark(mark.name())) {
                    echo(List.of(mark.name()), false);
                }
            }
            case ServerMessage.Clear clear -> clear();
            case ServerMessage.Invalid invalid -> wrongShape(invalid.reason());
        }
    }

    /** Plays the frame of the slot that ends {@code atMillis} after the stream began. */
    void play(long atMillis) {
        PlaybackQueue.Slot now = playback.nextSlot();
        echo(now.marks(), false);
        byte[] frame = now.frame();
        audio.hear(frame);
        if (frame != null) {
            heard.played(frame, now.playedBytes(), atMillis);
        }
    }

    private void clear() {
        PlaybackQueue.Cleared cleared = playback.clear();
        if (cleared.droppedMillis() > 0) {
            heard.cut();
        }
        audio.cutOff();
        stats.cleared(sinceStart(), cleared.droppedMillis(), cleared.marks().size());
        echo(cleared.marks(), true);
    }

    private void echo(List<String> marks, boolean byClear) {
        for (String name : marks) {
            stats.markEchoed(name, sinceStart(), byClear);
            echo.accept(name);
        }
    }

    private void wrongShape(String reason) {
        stats.invalidMessage();
        if (!wrongShapeReported) {
            wrongShapeReported = true;
            environment.violations().add("31951", request.callSid(), "stream message ignored: " + reason);
        }
    }

    private long sinceStart() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
