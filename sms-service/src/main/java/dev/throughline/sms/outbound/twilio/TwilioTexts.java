package dev.throughline.sms.outbound.twilio;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.type.PhoneNumber;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.twilio.TwilioRest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Twilio's Messages resource. */
@ApplicationScoped
public class TwilioTexts {

    /** The parameter of our status callback's address that names the text: a callback may be faster than the answer to the request. */
    public static final String TEXT_ID = "text";

    private static final int LOOK_UP_DEPTH = 50;
    /** Twilio's clock and ours may differ, and its dates are whole seconds. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final TwilioRest twilio;
    private final String statusCallback;
    private final Duration longestRequest;
    private final Clock clock;

    TwilioTexts(TwilioRest twilio, TwilioConfig config, PublicUrl publicUrl, Clock clock) {
        this.twilio = twilio;
        this.statusCallback = publicUrl.of("/api/webhooks/twilio/sms/status");
        this.longestRequest = config.readTimeout();
        this.clock = clock;
    }

    /**
     * A text Twilio has.
     *
     * @param segments at least 1; Twilio counts them only later when a messaging service sends
     */
    public record Taken(String messageSid, int segments) {}

    /**
     * What Twilio is asked to send.
     *
     * @param id ours; the status callbacks bring it back
     * @param customer receiver, E.164
     * @param number sender, E.164
     * @param messagingServiceSid MG…, which picks the sender instead of {@code number}; null = none
     * @param mediaUrls of an MMS, possibly none
     */
    public record Letter(
            UUID id,
            String customer,
            String number,
            @Nullable String messagingServiceSid,
            String body,
            List<String> mediaUrls) {}

    /** The longest a request can be under way before its outcome is unclear. */
    public Duration longestRequest() {
        return longestRequest;
    }

    /**
     * Asks Twilio once to send a text.
     *
     * @param latest when the request must have begun, although others wait as well
     * @return accepted without a text when it was too late, and Twilio was not asked
     */
    public Uni<SendOutcome<Optional<Taken>>> send(Letter letter, Instant latest) {
        return twilio.send(client -> clock.instant().isAfter(latest)
                ? Optional.empty()
                : Optional.of(taken(creator(letter).create(client))));
    }

    private MessageCreator creator(Letter letter) {
        PhoneNumber customer = new PhoneNumber(letter.customer());
        String service = letter.messagingServiceSid();
        MessageCreator creator = service == null
                ? Message.creator(customer, new PhoneNumber(letter.number()), letter.body())
                : Message.creator(customer, service, letter.body());
        if (!letter.mediaUrls().isEmpty()) {
            creator.setMediaUrl(letter.mediaUrls().stream().map(URI::create).toList());
        }
        return creator.setStatusCallback(URI.create(statusCallback + "?" + TEXT_ID + "=" + letter.id()));
    }

    /**
     * Looks for this text among the last {@value #LOOK_UP_DEPTH} to the customer, not older than {@code since}.
     *
     * @param others MessageSids of other texts to the customer: the same words may have been said before and since
     */
    public Uni<SendOutcome<Optional<Taken>>> find(Letter letter, Instant since, Set<String> others) {
        return twilio.send(client -> search(client, letter, since.minus(CLOCK_TOLERANCE), others));
    }

    private static Optional<Taken> search(TwilioRestClient client, Letter letter, Instant since, Set<String> others) {
        MessageReader reader = Message.reader().setTo(new PhoneNumber(letter.customer()));
        if (letter.messagingServiceSid() == null) {
            // A service's sender is not known before it has picked one.
            reader.setFrom(new PhoneNumber(letter.number()));
        }
        Optional<Taken> found = Optional.empty();
        for (Message message : reader.limit(LOOK_UP_DEPTH).read(client)) {
            if (letter.body().equals(message.getBody())
                    && !others.contains(message.getSid())
                    && !isOlder(message, since)) {
                // Twilio lists the newest first; the oldest of those nobody knows is the one that was asked for first.
                found = Optional.of(taken(message));
            }
        }
        return found;
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
