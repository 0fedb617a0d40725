package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.audio.Playback;
import dev.throughline.mediabridge.carrier.CarrierFrame;
import dev.throughline.mediabridge.carrier.CarrierFrames;
import dev.throughline.mediabridge.carrier.CarrierProblem;
import dev.throughline.mediabridge.carrier.CarrierSocket;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.listen.Listening;

/**
 * Twilio's leg of a call; its states are drawn at {@link CarrierState}. It knows what a frame means in which state, what of the agent's
 * speech was played, and when a socket misbehaves; what follows from that is its {@link CarrierOwner}'s. Every callback is guarded, because an
 * exception that escaped would close a live call without a word. Lives on the socket's event loop.
 */
final class CarrierLeg implements CarrierSocket.Listener {

    private final CarrierSocket socket;
    private final CarrierOwner owner;
    private final Listening listening;
    private final BridgeConfig config;
    private final BridgeMetrics metrics;
    private final Playback playback = new Playback();
    private final long openedNanos = System.nanoTime();
    private CarrierState state;
    private long lastFrameNanos = openedNanos;
    private long refusedEarly;
    private int unreadable;

    CarrierLeg(
            CarrierSocket socket, CarrierOwner owner, Listening listening, BridgeConfig config, BridgeMetrics metrics) {
        this.socket = socket;
        this.owner = owner;
        this.listening = listening;
        this.config = config;
        this.metrics = metrics;
        this.state = new CarrierState.AwaitingStart(new EarlySpeech(config.maxQueuedAudio()));
    }

    /** Begins to read; call it on the loop. */
    void listen() {
        socket.listen(this);
    }

    /** The stream's {@code start} was good; what the agent has said meanwhile is sent. */
    void accept(String streamSid) {
        if (state instanceof CarrierState.AwaitingStart awaiting) {
            state = awaiting.accepted(streamSid);
            socket.begin(streamSid);
            awaiting.early().pieces().forEach(piece -> say(piece.payload(), piece.eventId(), piece.receivedNanos()));
        }
    }

    /** Agent audio, base64 of mu-law; {@code eventId} of the answer it belongs to, -1 for none. */
    void say(String payload, long eventId, long receivedNanos) {
        switch (state) {
            case CarrierState.Streaming ignored -> {
                long millis = Playback.millisOf(payload);
                long now = System.nanoTime();
                owner.onSaid(millis, now);
                String mark = playback.sent(eventId, millis, now);
                socket.sendAudio(payload, mark, receivedNanos);
                listening.agent(payload);
            }
            case CarrierState.AwaitingStart(EarlySpeech early) ->
                refusedEarly += early.add(new EarlySpeech.Piece(payload, eventId, receivedNanos)) ? 0 : 1;
            case CarrierState.Closing ignored -> {}
            case CarrierState.Gone ignored -> {}
        }
    }

    /** Whether audio with this event id is still to be played. */
    boolean admits(long eventId) {
        return playback.admits(eventId);
    }

    /** The caller cut in: what was not played yet is taken back, here and at Twilio. */
    Playback.Heard interrupt(long eventId) {
        Playback.Heard heard = playback.interrupted(eventId, System.nanoTime());
        if (state instanceof CarrierState.Streaming(String streamSid)) {
            socket.discardQueuedAudio();
            listening.cleared();
            socket.send(CarrierFrames.clear(streamSid));
        } else if (state instanceof CarrierState.AwaitingStart(EarlySpeech early)) {
            early.keepOnly(playback::admits);
        }
        return heard;
    }

    /** Another conversation speaks from now on; what the old one said is played out. */
    void newConversation() {
        playback.restarted();
    }

    /** Whether everything the agent said was heard. */
    boolean isIdle() {
        return playback.isIdle()
                && !(state instanceof CarrierState.AwaitingStart(EarlySpeech early) && !early.isEmpty());
    }

    /** Agent audio messages dropped for want of room. */
    long dropped() {
        return socket.droppedAudio() + refusedEarly;
    }

    /** The code the socket was closed with, by whomever; -1 when the transport was lost or it is open. */
    int closeCode() {
        return socket.closeCode();
    }

    /** Reads nothing more; the socket is closed by {@link #close}. */
    void stopReading() {
        if (!(state instanceof CarrierState.Gone)) {
            state = new CarrierState.Closing();
        }
    }

    /** Closes; harmless when closed. */
    void close(DisconnectCause cause) {
        stopReading();
        long limit =
                switch (cause) {
                    case NO_START -> config.startTimeout().toSeconds();
                    case UNREADABLE -> config.maxUnreadable();
                    default -> config.maxMessageBytes();
                };
        socket.close(cause.closeCode(), cause.reason(limit));
    }

    /** Looks for what does not announce itself; to be called a few times a second. */
    void tick(long nowNanos) {
        socket.checkProgress();
        markWhatWasSent();
        if (state instanceof CarrierState.AwaitingStart
                && nowNanos - openedNanos > config.startTimeout().toNanos()) {
            owner.onViolation(DisconnectCause.NO_START);
        } else if (nowNanos - lastFrameNanos > config.idleTimeout().toNanos()) {
            owner.onViolation(DisconnectCause.CARRIER_SILENT);
        }
    }

    @Override
    public void onFrame(CarrierFrame frame, long receivedNanos) {
        lastFrameNanos = receivedNanos;
        try {
            switch (state) {
                case CarrierState.Streaming(String streamSid) -> streaming(streamSid, frame, receivedNanos);
                case CarrierState.AwaitingStart ignored -> beforeStart(frame);
                case CarrierState.Closing ignored -> {}
                case CarrierState.Gone ignored -> {}
            }
        } catch (RuntimeException failure) {
            owner.onFailure(failure);
        }
    }

    @Override
    public void onAudioWritten(long receivedNanos) {
        owner.onWritten(receivedNanos);
    }

    @Override
    public void onProblem(CarrierProblem problem) {
        owner.onViolation(
                switch (problem) {
                    case TOO_LARGE -> DisconnectCause.MESSAGE_TOO_LARGE;
                    case BINARY -> DisconnectCause.BINARY_MESSAGE;
                    case STALLED -> DisconnectCause.CARRIER_STALLED;
                });
    }

    @Override
    public void onClosed() {
        state = new CarrierState.Gone();
        listening.end();
        owner.onGone();
    }

    private void markWhatWasSent() {
        if (state instanceof CarrierState.Streaming(String streamSid)) {
            String mark = playback.closingMark();
            if (mark != null) {
                socket.send(CarrierFrames.mark(streamSid, mark));
            }
        }
    }

    private void beforeStart(CarrierFrame frame) {
        switch (frame) {
            case CarrierFrame.Start start -> owner.onStart(start);
            case CarrierFrame.Media ignored -> owner.onViolation(DisconnectCause.MEDIA_BEFORE_START);
            case CarrierFrame.Stop ignored -> owner.onLeft();
            case CarrierFrame.Malformed malformed -> unreadable(malformed.problem());
            case CarrierFrame.Connected ignored -> {}
            case CarrierFrame.Mark ignored -> {}
            case CarrierFrame.Dtmf ignored -> {}
            case CarrierFrame.Unknown ignored -> {}
        }
    }

    private void streaming(String streamSid, CarrierFrame frame, long receivedNanos) {
        switch (frame) {
            case CarrierFrame.Media media -> {
                if (media.streamSid().equals(streamSid)) {
                    listening.caller(media.payload());
                    owner.onCallerAudio(media.payload(), receivedNanos);
                } else {
                    unreadable("another stream");
                }
            }
            case CarrierFrame.Mark mark -> {
                if (playback.heard(mark.name(), receivedNanos)) {
                    owner.onPlayed();
                }
            }
            case CarrierFrame.Dtmf dtmf -> owner.onKey(dtmf.digit());
            case CarrierFrame.Stop ignored -> owner.onLeft();
            case CarrierFrame.Malformed malformed -> unreadable(malformed.problem());
            case CarrierFrame.Start ignored -> unreadable("second start");
            case CarrierFrame.Connected ignored -> {}
            case CarrierFrame.Unknown ignored -> {}
        }
    }

    private void unreadable(String problem) {
        metrics.malformed(problem);
        unreadable++;
        if (unreadable > config.maxUnreadable()) {
            owner.onViolation(DisconnectCause.UNREADABLE);
        }
    }
}
