/**
 * Conference rooms: a phone, a browser, the agent in a leg of its own, and whoever is called in later. A room is a row before Twilio
 * hears of it. What Twilio reports of it moves {@link dev.throughline.telephony.conference.Room}, a pure machine, whose events leave by
 * the outbox ({@code conference.started}, {@code .participant-joined}, {@code .participant-left}, {@code .ended}) and whose tasks are
 * done afterwards. Invariant: the agent joins when there is somebody to hear it, and no room outlives its last human.
 */
@NullMarked
package dev.throughline.telephony.conference;

import org.jspecify.annotations.NullMarked;
