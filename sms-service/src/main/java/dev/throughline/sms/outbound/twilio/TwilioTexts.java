package dev.throughline.sms.outbound.twilio;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.TwilioRest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Twilio's Messages resource. */
@ApplicationScoped
public class TwilioTexts {

    private static final int LOOK_UP_DEPTH = 50;
    /** Twilio's clock and ours may differ, and its dates are whole seconds. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final TwilioRest twilio;
    private final URI statusCallback;

    TwilioTexts(TwilioRest twilio, PublicUrl publicUrl) {
        this.twilio = twilio;
        this.statusCallback = URI.create(publicUrl.of("/api/webhooks/twilio/sms/status"));
    }

    /**
     * A text Twilio has.
     *
     * @param segments at least 1; Twilio counts them only later when a messaging service sends
     */
    public record Taken(String messageSid, int segments) {}

    /** Asks Twilio once to send a text; both numbers E.164. */
    public Uni<SendOutcome<Taken>> send(String customer, String businessNumber, String body) {
        return twilio.send(
                client -> taken(Message.creator(new PhoneNumber(customer), new PhoneNumber(businessNumber), body)
                        .setStatusCallback(statusCallback)
                        .create(client)));
    }

    /** Looks for a text like this among the last {@value #LOOK_UP_DEPTH} to the customer, not older than {@code since}. */
    public Uni<SendOutcome<Optional<Taken>>> find(String customer, String businessNumber, String body, Instant since) {
        return twilio.send(client -> search(client, customer, businessNumber, body, since.minus(CLOCK_TOLERANCE)));
    }

    private static Optional<Taken> search(
            TwilioRestClient client, String customer, String businessNumber, String body, Instant since) {
        for (Message message : Message.reader()
                .setTo(new PhoneNumber(customer))
                .setFrom(new PhoneNumber(businessNumber))
                .limit(LOOK_UP_DEPTH)
                .read(client)) {
            if (body.equals(message.getBody()) && !isOlder(message, since)) {
                return Optional.of(taken(message));
            }
        }
        return Optional.empty();
    }

    /** A message whose age cannot be read counts as new: a text too few is better than one twice. */
    private static boolean isOlder(Message message, Instant since) {
        ZonedDateTime created = message.getDateCreated();
        return created != null && created.toInstant().isBefore(since);
    }

    private static Taken taken(Message message) {
        String segments = message.getNumSegments();
        boolean counted = segments != null && segments.matches("[1-9][0-9]{0,2}");
        return new Taken(message.getSid(), counted ? Integer.parseInt(segments) : 1);
    }
}
