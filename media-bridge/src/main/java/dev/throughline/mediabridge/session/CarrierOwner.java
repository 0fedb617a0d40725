package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.carrier.CarrierFrame;
import dev.throughline.mediabridge.ending.DisconnectCause;

/** The call a leg of Twilio's belongs to: what happens on the leg is told to it, and it decides what follows. */
interface CarrierOwner {

    /** The stream says which call it is; to be answered with {@link CarrierLeg#accept} or {@link CarrierLeg#close}. */
    void onStart(CarrierFrame.Start start);

    /** Caller audio, base64 of mu-law. */
    void onCallerAudio(String payload, long receivedNanos);

    /** Audio of the present generation was heard. */
    void onPlayed();

    /** A key of the phone. */
    void onKey(String key);

    /** Agent audio that came in at {@code receivedNanos} was written. */
    void onWritten(long receivedNanos);

    /** Agent audio that plays for {@code millis} is being sent. */
    void onSaid(long millis, long nowNanos);

    /** The stream must not go on. */
    void onViolation(DisconnectCause cause);

    /** The caller is gone, or the call was moved away. */
    void onLeft();

    /** A step failed. */
    void onFailure(RuntimeException failure);

    /** The socket is closed; called once, last. */
    void onGone();
}
