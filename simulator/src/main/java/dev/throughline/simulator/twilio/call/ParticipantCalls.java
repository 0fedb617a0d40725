package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.conference.Conference;
import dev.throughline.simulator.twilio.conference.ConferenceLeg;
import dev.throughline.simulator.twilio.conference.Departure;
import dev.throughline.simulator.twilio.conference.Participant;
import dev.throughline.simulator.twilio.conference.ParticipantDialler;
import io.vertx.core.MultiMap;

/** Calls participants into conferences: ordinary calls of ours whose only instruction is the room. */
final class ParticipantCalls implements ParticipantDialler {

    private final CallEnvironment environment;
    private final Calls calls;
    private final ConferenceVerb conferences;

    ParticipantCalls(CallEnvironment environment, Calls calls, ConferenceVerb conferences) {
        this.environment = environment;
        this.calls = calls;
        this.conferences = conferences;
    }

    @Override
    public Line line(MultiMap parameters) {
        CallForm form = new CallForm(parameters, environment);
        CallAddress to = form.to();
        String from = form.from(to);
        CallOptions options = form.participantOptions();
        // Read once to refuse wrong addresses before there is a call.
        CallWebhooks webhooks = form.webhooks(new TwimlSource.Inline(""));
        LiveCall call = calls.prepare(from, to);
        return new Line() {

            @Override
            public ConferenceLeg leg() {
                return call;
            }

            @Override
            public long queueMillis() {
                return call.queueMillis();
            }

            @Override
            public void connect(Conference room, Participant participant) {
                TwimlSource stay = new TwimlSource.Join(leg -> conferences.stayAsCalled(leg, room, participant));
                call.over().thenRun(() -> room.leave(participant, Departure.ADD_FAILED, call.statusWord()));
                calls.place(call, to, webhooks.startingWith(stay), options);
            }
        };
    }
}
