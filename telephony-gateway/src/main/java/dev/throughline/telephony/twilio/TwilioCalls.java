package dev.throughline.telephony.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.rest.api.v2010.account.CallUpdater;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.TwilioRest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Calls resource. Each request is made once, on a virtual thread, within {@code throughline.twilio.read-timeout}; the outcome
 * comes on that thread and the {@link Uni} never fails. An {@link SendOutcome.Unclear} creation is looked up with {@link #recentTo},
 * never repeated.
 */
@Singleton
public final class TwilioCalls {

    /** The longest TwiML a request may carry (Twilio, <i>Call resource</i>, Twiml). */
    static final int TWIML_LIMIT = 4000;

    private static final int LOOK_UP_DEPTH = 50;
    private static final List<String> STEPS = List.of("initiated", "ringing", "answered", "completed");

    /** Twilio's clock and ours may differ, and its dates are whole seconds. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final TwilioRest twilio;

    TwilioCalls(TwilioRest twilio) {
        this.twilio = twilio;
    }

    /** Whether an account is given; without one every request is refused. */
    public boolean isConfigured() {
        return twilio.isConfigured();
    }

    /** Places a call. @throws IllegalArgumentException when its TwiML is too long */
    public Uni<SendOutcome<TwilioCall>> create(NewCall call) {
        if (call.instructions() instanceof CallChange.Twiml twiml) {
            check(twiml);
        }
        return twilio.send(client -> read(creator(call).create(client)));
    }

    /** Tells a live call what to do next. @throws IllegalArgumentException when its TwiML is too long */
    public Uni<SendOutcome<TwilioCall>> update(String callSid, CallChange change) {
        if (change instanceof CallChange.Twiml twiml) {
            check(twiml);
        }
        return twilio.send(client -> read(updater(callSid, change).update(client)));
    }

    /** Asks about a call. One that Twilio does not know is refused with status 404. */
    public Uni<SendOutcome<TwilioCall>> fetch(String callSid) {
        return twilio.send(client -> read(Call.fetcher(callSid).fetch(client)));
    }

    /**
     * The newest calls, at most {@value #LOOK_UP_DEPTH}, from one number to another that began at {@code since} or later. A call whose
     * age cannot be read is among them: one too many is better than one overlooked.
     */
    public Uni<SendOutcome<List<TwilioCall>>> recentTo(String to, String from, Instant since) {
        // StartTime is no filter of Twilio's for a call that has not begun to ring: the age is judged here.
        Instant oldest = since.minus(CLOCK_TOLERANCE);
        return twilio.send(client -> search(client, to, from, oldest));
    }

    private static List<TwilioCall> search(TwilioRestClient client, String to, String from, Instant oldest) {
        List<TwilioCall> found = new ArrayList<>();
        for (Call call : Call.reader()
                .setTo(new PhoneNumber(to))
                .setFrom(new PhoneNumber(from))
                .limit(LOOK_UP_DEPTH)
                .read(client)) {
            TwilioCall read = read(call);
            if (read.createdAt() == null || !read.createdAt().isBefore(oldest)) {
                found.add(read);
            }
        }
        return List.copyOf(found);
    }

    private static CallCreator creator(NewCall call) {
        PhoneNumber to = new PhoneNumber(call.to());
        PhoneNumber from = new PhoneNumber(call.from());
        CallCreator creator =
                switch (call.instructions()) {
                    case CallChange.Url(String url) -> Call.creator(to, from, URI.create(url));
                    case CallChange.Twiml(String xml) -> Call.creator(to, from, new Twiml(xml));
                };
        creator.setTimeout((int) call.ringing().toSeconds());
        if (call.statusCallback() != null) {
            creator.setStatusCallback(URI.create(call.statusCallback())).setStatusCallbackEvent(STEPS);
        }
        NewCall.MachineDetection detection = call.machineDetection();
        if (detection != null) {
            creator.setMachineDetection(detection.untilBeep() ? "DetectMessageEnd" : "Enable")
                    .setAsyncAmd("true")
                    .setAsyncAmdStatusCallback(URI.create(detection.callback()))
                    .setAsyncAmdStatusCallbackMethod(HttpMethod.POST);
        }
        return creator;
    }

    private static CallUpdater updater(String callSid, CallChange change) {
        CallUpdater updater = Call.updater(callSid);
        return switch (change) {
            case CallChange.Url(String url) -> updater.setUrl(URI.create(url)).setMethod(HttpMethod.POST);
            case CallChange.Twiml(String xml) -> updater.setTwiml(new Twiml(xml));
            case CallChange.HangUp ignored -> updater.setStatus(Call.UpdateStatus.COMPLETED);
        };
    }

    private static void check(CallChange.Twiml twiml) {
        if (twiml.xml().length() > TWIML_LIMIT) {
            throw new IllegalArgumentException("TwiML in a request may have " + TWIML_LIMIT + " characters");
        }
    }

    /** @throws IllegalStateException when the answer names no call, which makes the outcome unclear */
    private static TwilioCall read(Call call) {
        if (call.getSid() == null) {
            throw new IllegalStateException("Twilio's answer names no call");
        }
        return new TwilioCall(
                call.getSid(),
                Objects.requireNonNullElse(call.getFrom(), ""),
                Objects.requireNonNullElse(call.getTo(), ""),
                call.getStatus() == null ? "" : call.getStatus().toString(),
                Objects.requireNonNullElse(call.getDirection(), ""),
                instant(call.getDateCreated()),
                instant(call.getEndTime()),
                seconds(call.getDuration()),
                call.getAnsweredBy());
    }

    private static @Nullable Instant instant(@Nullable ZonedDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Integer seconds(@Nullable String duration) {
        return duration != null && duration.matches("[0-9]{1,9}") ? Integer.valueOf(duration) : null;
    }
}
