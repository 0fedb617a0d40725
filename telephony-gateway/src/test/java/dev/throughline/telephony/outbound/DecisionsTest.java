package dev.throughline.telephony.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.AgentNumber;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decisions of a call out, without anything around them. */
class DecisionsTest {

    private static final Tenant TENANT = Tenants.harbourSalon();
    private static final String CUSTOMER = "+12025550142";

    @ParameterizedTest
    @CsvSource({
        "HANG_UP,       machine_start,       HangUp",
        "HANG_UP,       machine_end_beep,    HangUp",
        "HANG_UP,       fax,                 HangUp",
        "HANG_UP,       human,               GoOn",
        "HANG_UP,       unknown,             GoOn",
        "LEAVE_MESSAGE, machine_end_beep,    LeaveMessage",
        "LEAVE_MESSAGE, machine_end_silence, LeaveMessage",
        "LEAVE_MESSAGE, machine_end_other,   LeaveMessage",
        "LEAVE_MESSAGE, machine_start,       GoOn",
        "LEAVE_MESSAGE, fax,                 HangUp",
        "LEAVE_MESSAGE, human,               GoOn",
        "GO_ON,         machine_end_beep,    GoOn",
        "GO_ON,         fax,                 GoOn",
    })
    void shouldDoWhatTheTenantWantsAboutAMachine(AnsweringMachine policy, String answeredBy, String then) {
        assertThat(AfterDetection.of(policy, "Call us.", answeredBy).getClass().getSimpleName())
                .isEqualTo(then);
    }

    @Test
    void shouldHangUpWhereThereIsNothingToSay() {
        assertThat(AfterDetection.of(AnsweringMachine.LEAVE_MESSAGE, null, "machine_end_beep"))
                .isEqualTo(new AfterDetection.HangUp());
    }

    @Test
    void shouldCallFromTheTenantsNumberAndNeverFromAnothers() {
        AgentNumber own = new AgentNumber("own", Tenants.NUMBER, "twilio", "agent", true);
        AgentNumber spare = new AgentNumber("spare", "+12025550133", "twilio", null, true);
        AgentNumber linked = new AgentNumber("linked", "+12025550134", "twilio", "agent", true);
        AgentNumber others = new AgentNumber("others", "+12025550135", "twilio", "agent", true);
        AgentNumber inbound = new AgentNumber("inbound", Tenants.NUMBER, "twilio", "agent", false);
        AgentNumber elsewhere = new AgentNumber("elsewhere", Tenants.NUMBER, "twilio", "another agent", true);

        assertThat(choice(others, spare, linked, own)).contains(own);
        assertThat(choice(others, spare, linked, inbound, elsewhere)).contains(linked);
        assertThat(choice(spare)).contains(spare);
        assertThat(choice(others, inbound, elsewhere)).isEmpty();
    }

    @Test
    void shouldKnowWhoIsCalled() {
        UUID lead = LeadIds.of(TENANT.id(), ContactAddress.phone(CUSTOMER));
        UUID visitor = UUID.randomUUID();

        assertThat(Callee.of(TENANT, null, CUSTOMER, Optional.empty())).isEqualTo(new Callee(lead, CUSTOMER));
        assertThat(Callee.of(TENANT, lead, CUSTOMER, Optional.empty())).isEqualTo(new Callee(lead, CUSTOMER));
        assertThat(Callee.of(TENANT, visitor, null, Optional.of(known(visitor))))
                .isEqualTo(new Callee(visitor, CUSTOMER));
        assertThat(Callee.of(TENANT, visitor, CUSTOMER, Optional.of(known(visitor))))
                .isEqualTo(new Callee(visitor, CUSTOMER));
        assertThatThrownBy(() -> Callee.of(TENANT, visitor, null, Optional.empty()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("NUMBER_NOT_KNOWN"));
        assertThatThrownBy(() -> Callee.of(TENANT, visitor, CUSTOMER, Optional.empty()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("LEAD_MISMATCH"));
    }

    @Test
    void shouldSayWhyACustomerIsNotCalled() {
        Tenant numberless = new Tenant(
                TENANT.id(),
                TENANT.name(),
                null,
                null,
                TENANT.timeZone(),
                TENANT.country(),
                TENANT.language(),
                TENANT.voicePath(),
                TENANT.settings(),
                List.of(),
                1);

        assertThat(CallPolicy.against(TENANT, CUSTOMER)).isEmpty();
        assertThat(CallPolicy.against(TENANT, Tenants.NUMBER))
                .map(Refusal::code)
                .contains("OWN_NUMBER");
        assertThat(CallPolicy.against(numberless, CUSTOMER)).map(Refusal::code).contains("NO_NUMBER");
    }

    @Test
    void shouldPutQuestionsIntoVariables() {
        assertThat(Questions.variables(List.of()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("questions", "", "questions_text", ""));
        assertThat(Questions.variables(List.of(new Question("a", "One?"), new Question("b", "Two \"2\"?"))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "questions",
                        "[{\"id\":\"a\",\"text\":\"One?\"},{\"id\":\"b\",\"text\":\"Two \\\"2\\\"?\"}]",
                        "questions_text",
                        "1. One?\n2. Two \"2\"?"));
    }

    @Test
    void shouldJoinWhatTwoWitnessesKnow() {
        Trace conversation = new Trace.Found(null, "conv");
        Trace call = new Trace.Found("CA1", null);

        assertThat(LookUp.both(conversation, call)).isEqualTo(new Trace.Found("CA1", "conv"));
        assertThat(LookUp.both(conversation, new Trace.None())).isEqualTo(conversation);
        assertThat(LookUp.both(new Trace.None(), call)).isEqualTo(call);
        assertThat(LookUp.both(new Trace.Unasked(), new Trace.None())).isEqualTo(new Trace.None());
        assertThat(LookUp.both(new Trace.Unasked(), new Trace.Unasked())).isEqualTo(new Trace.Unasked());
    }

    @Test
    void shouldLookLessAndLessOften() {
        Duration first = Duration.ofSeconds(5);

        assertThat(OutboundCheck.pause(first, 1)).isEqualTo(first);
        assertThat(OutboundCheck.pause(first, 3)).isEqualTo(Duration.ofSeconds(20));
        assertThat(OutboundCheck.pause(first, 1_000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void shouldTellOneWishFromAnother() {
        Order order = order(Map.of("a", "1", "b", "2"));

        assertThat(order.fingerprint())
                .isEqualTo(order(Map.of("b", "2", "a", "1")).fingerprint());
        assertThat(order.fingerprint()).isNotEqualTo(order(Map.of("a", "1")).fingerprint());
    }

    private static Order order(Map<String, String> variables) {
        return new Order(TENANT, null, CUSTOMER, List.of(), variables, null, Via.NATIVE, null);
    }

    private static Optional<AgentNumber> choice(AgentNumber... numbers) {
        return NumberChoice.of(TENANT, "agent", List.of(numbers), "+12025550135"::equals);
    }

    /** A lead that called from {@link #CUSTOMER} once. */
    private static LeadContext known(UUID lead) {
        var call = new CallEvent.Started("CA1", Direction.INBOUND, Path.BRIDGE, CUSTOMER, Tenants.NUMBER);
        return LeadContext.of(
                TENANT.id(),
                lead,
                List.of(new RecordedEvent(UUID.randomUUID(), Instant.EPOCH, "test", TENANT.id(), lead, call)));
    }
}
