package dev.throughline.telephony.reaper;

import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.telephony.call.CallProgress;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.reaper.OverdueCalls.Overdue;
import dev.throughline.telephony.status.StatusNews;
import dev.throughline.telephony.twilio.TwilioCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What Twilio's answer says of a call. Pure. */
final class Verdict {

    /** The reason in {@code call.ended} of a call whose end nobody knows. */
    static final String UNKNOWN = "unknown";

    private static final int NOT_FOUND = 404;

    private Verdict() {}

    /**
     * The news; empty when there is none, because Twilio did not say or the call goes on as it was.
     *
     * @param giveUp the age at which a call has ended in any case
     */
    static Optional<StatusNews> of(Overdue call, SendOutcome<TwilioCall> answer, Instant now, Duration giveUp) {
        Optional<StatusNews> told =
                switch (answer) {
                    case SendOutcome.Accepted<TwilioCall>(TwilioCall twilios) -> told(call, twilios, now);
                    case SendOutcome.Refused<TwilioCall> refused ->
                        refused.httpStatus() == NOT_FOUND ? Optional.of(lost(call, now)) : Optional.empty();
                    case SendOutcome.Unclear<TwilioCall> unclear -> Optional.empty();
                };
        boolean ends = told.filter(news -> news.status().terminal()).isPresent();
        boolean tooOld = Duration.between(call.startedAt(), now).compareTo(giveUp) >= 0;
        return !ends && tooOld ? Optional.of(lost(call, now)) : told;
    }

    private static Optional<StatusNews> told(Overdue call, TwilioCall answer, Instant now) {
        return CallStatus.of(answer.status())
                .map(status -> new StatusNews(
                        call.callSid(),
                        status,
                        CallProgress.NO_SEQUENCE,
                        answer.durationSeconds() == null ? 0 : answer.durationSeconds(),
                        null,
                        answer.endedAt() == null || !status.terminal() ? now : answer.endedAt()));
    }

    /** Nobody knows how it ended; that it was answered is known if it was heard of. */
    private static StatusNews lost(Overdue call, Instant now) {
        CallStatus end = call.status() == CallStatus.IN_PROGRESS ? CallStatus.COMPLETED : CallStatus.FAILED;
        return new StatusNews(call.callSid(), end, CallProgress.NO_SEQUENCE, 0, UNKNOWN, now);
    }
}
