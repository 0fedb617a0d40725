package dev.throughline.context.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.context.testing.Story;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.events.tenant.TextSettings.QuietHours;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker makes of one follow-up, without a database. */
class StepTest {

    private static final Instant START = Instant.parse("2026-11-24T15:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");

    private final Tenant salon = Cases.tenant("+12025550100", Cases.ALL);
    private final Story anna = Story.of(salon.id(), "+12025550142");
    private final LeadContext context = LeadContext.of(
            salon.id(),
            anna.leadId(),
            List.of(anna.texts("Hi"), anna.isNamed(" Anna\n Berger "), Cases.booked(anna, "a-1", START)));

    @Test
    void shouldSayTheTimeInTheTenantsZoneAndInLettersThatCostNothing() {
        assertThat(text(salon, Cases.REMINDER.text()))
                .isEqualTo("Colouring with Maria: Tue, Nov 24, 10:00 AM. Harbour Salon")
                .matches("\\p{ASCII}*");
        assertThat(text(salon, "Hi {name|there}")).isEqualTo("Hi Anna Berger");
        assertThat(Words.time(START, inGerman(salon))).startsWith("Di").contains("24. Nov", "16:00");
    }

    @Test
    void shouldAskUnderTheFollowUpsOwnKey() {
        Step step = Step.of(reminder(salon), salon, context, NOON);
        assertThat(step).isInstanceOfSatisfying(Step.Ask.class, ask -> assertThat(ask.request())
                .contains("\"purpose\":\"reminder\"", "\"to\":\"+12025550142\"", "\"idempotencyKey\":\"" + ID + "\""));
    }

    @Test
    void shouldWaitForTheEndOfQuietHoursButNotPastTheAppointment() {
        Tenant quiet =
                Cases.tenant("+12025550100", Cases.ALL, new QuietHours("11:00", "13:00"), OnFailure.NOTHING, null);
        assertThat(Step.of(reminder(salon), quiet, context, NOON))
                .isEqualTo(new Step.Wait(Instant.parse("2026-11-23T18:00:00Z"), "quiet hours"));
        Tenant allDay =
                Cases.tenant("+12025550100", Cases.ALL, new QuietHours("11:00", "10:59"), OnFailure.NOTHING, null);
        assertThat(Step.of(reminder(salon), allDay, context, NOON)).isInstanceOf(Step.Skip.class);
    }

    @Test
    void shouldDoNothingWithoutAReason() {
        FollowUp reminder = reminder(salon);
        assertThat(Step.of(reminder, null, context, NOON)).isInstanceOf(Step.Skip.class);
        assertThat(Step.of(reminder, salon, null, NOON)).isInstanceOf(Step.Skip.class);
        assertThat(Step.of(reminder, salon, context, START)).isEqualTo(new Step.Skip("the appointment has begun"));
        Tenant without = Cases.tenant("+12025550100", FollowUpSettings.none());
        assertThat(Step.of(reminder, without, context, NOON)).isEqualTo(new Step.Skip("the rule was switched off"));
        LeadContext unknown = LeadContext.of(salon.id(), anna.leadId(), List.of(Cases.booked(anna, "a-1", START)));
        assertThat(Step.of(reminder, salon, unknown, NOON)).isEqualTo(new Step.Fail("no phone number is known"));
    }

    @ParameterizedTest
    @CsvSource({
        "202, '', '{\"success\":true,\"data\":{\"id\":\"t-1\"}}', Taken[reference=t-1]",
        "200, '', '{\"success\":true,\"data\":{\"outboundCallId\":\"o-1\"}}', Taken[reference=o-1]",
        "409, '', '{\"code\":\"OPTED_OUT\"}', Forbidden[why=the customer wants no texts]",
        "409, 600, '{\"code\":\"QUIET_HOURS\"}', 'Later[pause=PT10M, quiet=true]'",
        "409, '', '{\"code\":\"QUIET_HOURS\"}', 'Later[pause=PT15M, quiet=true]'",
        "429, 99999999, '{}', 'Later[pause=PT1M, quiet=false]'",
        "409, 2, '{\"code\":\"IDEMPOTENCY_KEY_IN_USE\"}', 'Later[pause=PT2S, quiet=false]'",
        "422, '', '{\"code\":\"NO_AGENT\",\"detail\":\"There is no agent.\"}', Refused[why=There is no agent.]",
        "409, '', '{\"code\":\"NO_SENDER\",\"error\":\"No number.\"}', Refused[why=No number.]",
        "503, '', 'gone', Away[why=the service answered 503]",
        "401, '', '', Away[why=the service answered 401]"
    })
    void shouldReadAnswers(int status, String retryAfter, String body, String outcome) {
        assertThat(Answers.ofService(status, retryAfter.isEmpty() ? null : retryAfter, body))
                .hasToString(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, true",
        "2606:2800:220:1:248:1893:25c8:1946, true",
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "0.0.0.0, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "198.18.0.1, false",
        "::1, false",
        "fe80::1, false",
        "fd00::1, false",
        "::ffff:10.0.0.1, false",
        "64:ff9b::a00:1, false",
        "2002:a00:1::1, false"
    })
    void shouldCallHooksOnThePublicInternetOnly(String address, boolean isPublic) throws Exception {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    @Test
    void shouldSignHooksSoThatTheTenantCanTell() throws Exception {
        HookSignature signature = new HookSignature("0123456789abcdef0123456789abcdef");
        String secret = signature.secret(salon.id());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String expected = Base64.getEncoder().encodeToString(mac.doFinal("m-1.1795000000.{}".getBytes()));

        assertThat(signature.of(salon.id(), "m-1", Instant.ofEpochSecond(1_795_000_000), "{}"))
                .isEqualTo("v1," + expected);
        assertThat(signature.secret(UUID.randomUUID())).isNotEqualTo(secret);
    }

    private static final UUID ID = UUID.fromString("11111111-2222-5333-8444-555555555555");

    private FollowUp reminder(Tenant tenant) {
        return new FollowUp(
                ID,
                tenant.id(),
                anna.leadId(),
                new Reason.Reminder("a-1", 1, START),
                FollowUpChannel.TEXT,
                Cases.REMINDER.text(),
                List.of(),
                START.minus(Duration.ofHours(22)),
                null);
    }

    private String text(Tenant tenant, String template) {
        return Words.of(reminder(tenant), tenant, context).text(template);
    }

    private static Tenant inGerman(Tenant t) {
        return new Tenant(
                t.id(), t.name(), null, null, "Europe/Berlin", "DE", "de", t.voicePath(), t.settings(), List.of(), 1);
    }
}
