package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.events.tenant.TextSettings.QuietHours;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.kafka.TopicView;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.TwilioRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The service with its servers and fake providers, and in each test a salon and a customer of its own. */
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(FakeProviders.class)
public abstract class AbstractTextsTest {

    protected static final String INCOMING = "/api/webhooks/twilio/sms/incoming";
    protected static final String STATUS = "/api/webhooks/twilio/sms/status";
    protected static final Duration LONG = Duration.ofSeconds(40);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Inject
    KafkaClients kafka;

    private final List<RecordedEvent> events = new CopyOnWriteArrayList<>();
    private TopicView topic;
    protected String salonNumber;
    protected String customer;
    protected Tenant salon;

    @BeforeEach
    void openASalon() {
        int n = NUMBERS.incrementAndGet();
        salonNumber = "+12025551%03d".formatted(n);
        customer = "+12025552%03d".formatted(n);
        salon = TestTenants.publish(TestTenants.salon(salonNumber));
        topic = TopicView.start(kafka, Topics.CHANNEL_EVENTS, record -> events.add(Records.event(record)));
    }

    @AfterEach
    void close() {
        topic.close();
    }

    /** The salon texts by these rules from now on. */
    protected void rules(TextSettings texts) {
        salon = TestTenants.publish(new Tenant(
                salon.id(),
                salon.name(),
                salonNumber,
                null,
                salon.timeZone(),
                "US",
                "en",
                Tenant.VoicePath.BRIDGE,
                salon.settings().with(texts),
                salon.toolSecretHashes(),
                salon.version() + 1));
    }

    /** Quiet from an hour ago until an hour from now, where the customer is. */
    protected static TextSettings quietNow() {
        LocalTime there = LocalTime.now(ZoneId.of("America/New_York")).truncatedTo(ChronoUnit.MINUTES);
        var hours = new QuietHours(
                there.minusHours(1).toString(), there.plusHours(1).toString());
        return new TextSettings(hours, null, null, null, List.of(), null, null, OnFailure.NOTHING, null);
    }

    protected static String sid() {
        return "SM" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A text of the customer as Twilio posts it. */
    protected Map<String, String> form(String sid, String body) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", sid);
        form.put("AccountSid", IdentityTestResource.TWILIO_ACCOUNT_SID);
        form.put("From", customer);
        form.put("To", salonNumber);
        form.put("Body", body);
        form.put("NumMedia", "0");
        form.put("NumSegments", "1");
        form.put("FromCity", "");
        return form;
    }

    protected static ValidatableResponse post(Map<String, String> form) {
        return TwilioRequests.form(INCOMING, form).post(INCOMING).then();
    }

    /** The customer writes; returns the text's MessageSid. */
    protected String hear(String body) {
        String sid = sid();
        post(form(sid, body)).statusCode(200);
        return sid;
    }

    /** Twilio reports on a text of ours. */
    protected ValidatableResponse status(FakeProviders.Sent sent, String status, @Nullable Integer errorCode) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", sent.sid());
        form.put("AccountSid", IdentityTestResource.TWILIO_ACCOUNT_SID);
        form.put("MessageStatus", status);
        form.put("From", salonNumber);
        form.put("To", sent.to());
        if (errorCode != null) {
            form.put("ErrorCode", errorCode.toString());
        }
        String path = sent.statusCallback().substring(IdentityTestResource.APP_BASE_URL.length());
        return TwilioRequests.form(path, form).post(path).then();
    }

    protected UUID lead() {
        return LeadIds.of(salon.id(), ContactAddress.phone(customer));
    }

    /** What was told of the customer, in the topic's order. */
    protected <T extends ChannelEvent> List<T> told(Class<T> type) {
        return events.stream()
                .filter(event -> event.leadId().equals(lead()))
                .map(RecordedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What was told of the salon's customers, in the topic's order. */
    protected <T extends ChannelEvent> List<T> toldOfSalon(Class<T> type) {
        return events.stream()
                .filter(event -> event.tenantId().equals(salon.id()))
                .map(RecordedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What the agent was told when its last session with the customer began. */
    protected String contextOfTheLastSession() {
        return FakeProviders.INITIATIONS.stream()
                .map(initiation -> initiation.path("dynamic_variables"))
                .filter(variables -> variables.path("lead_id").asText().equals(lead().toString()))
                .map(variables -> variables.path("conversation_context").asText())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** What the customer got. */
    protected List<FakeProviders.Sent> sent() {
        return FakeProviders.sentTo(customer);
    }

    /** Waits until {@code count} texts to the customer were told of, and checks that it got as many. */
    protected void awaitSent(int count) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(told(SmsEvent.Sent.class)).hasSize(count));
        assertThat(sent()).hasSize(count);
    }
}
