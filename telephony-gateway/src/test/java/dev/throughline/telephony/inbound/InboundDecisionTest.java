package dev.throughline.telephony.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallAnswer.Kind;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.answer.Situation;
import dev.throughline.telephony.inbound.InboundDecision.Answer;
import dev.throughline.telephony.inbound.InboundDecision.Circumstances;
import dev.throughline.telephony.inbound.InboundDecision.Connect;
import dev.throughline.telephony.twilio.Sentence;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InboundDecisionTest {

    private static final String CALLER = "+12025550101";
    private static final Optional<String> AGENT = Optional.of("agent_1");
    private static final Tenant TENANT = Tenants.harbourSalon();

    @Test
    void shouldConnectToTheAgentThatAnswersForTheTenant() {
        assertThat(decide(TENANT, fine())).isEqualTo(new Connect(TENANT, "agent_1"));
    }

    @Test
    void shouldSayThatANumberOfNobodyIsNotInService() {
        assertThat(InboundDecision.NOT_IN_SERVICE)
                .isEqualTo(new Answer(
                        Optional.empty(), new Reply.Say("This number is not in service."), "not-in-service", false));
    }

    @Test
    void shouldSayWhyThereIsNoAgent() {
        assertThat(decide(TENANT, new Circumstances(false, false, false, false, false, AGENT, false)))
                .isEqualTo(said(Sentence.AGENT_UNAVAILABLE, "agent-unavailable"));
        assertThat(decide(TENANT, new Circumstances(false, false, false, true, false, Optional.empty(), false)))
                .isEqualTo(said(Sentence.AGENT_NOT_CONFIGURED, "agent-not-configured"));
        assertThat(decide(TENANT, new Circumstances(false, false, false, true, true, AGENT, false)))
                .isEqualTo(said(Sentence.AGENT_UNAVAILABLE, "agent-away"));
    }

    @Test
    void shouldTryTheAgentInAnOutageWhereTheTenantWantsThat() {
        Tenant stubborn = tenant(Map.of(Situation.AGENT_DOWN, Kind.AGENT));

        assertThat(decide(stubborn, new Circumstances(false, false, false, true, true, AGENT, false)))
                .isEqualTo(new Connect(stubborn, "agent_1"));
    }

    @Test
    void shouldNotWaitForAnAgentThatDoesNotExistWhateverTheTenantWants() {
        Tenant stubborn = tenant(Map.of(Situation.AGENT_DOWN, Kind.AGENT));

        assertThat(decide(stubborn, new Circumstances(false, false, false, true, false, Optional.empty(), false)))
                .isEqualTo(new Answer(
                        Optional.of(stubborn),
                        new Reply.Ring(Sentence.AGENT_NOT_CONFIGURED.words(), new Fallback(Tenants.FALLBACK, null)),
                        "agent-not-configured",
                        true));
    }

    @Test
    void shouldKeepNothingOfThoseALimitHoldsOff() {
        InboundDecision blocked = decide(TENANT, new Circumstances(true, false, false, true, false, AGENT, false));
        InboundDecision full = decide(TENANT, new Circumstances(false, false, false, true, false, AGENT, true));

        assertThat(((Answer) blocked).kept()).isFalse();
        assertThat(((Answer) full).kept()).isTrue();
    }

    /** The order of the situations, and that every combination of them and of what a tenant wants has an answer. */
    @Property(tries = 3000)
    void shouldAnswerByTheFirstSituationThatTheTenantDoesNotLeaveToTheAgent(
            @ForAll boolean blocked,
            @ForAll boolean tooOften,
            @ForAll boolean closed,
            @ForAll boolean configured,
            @ForAll boolean away,
            @ForAll boolean hasAgent,
            @ForAll boolean full,
            @ForAll Map<Situation, Kind> wishes) {
        Tenant tenant = tenant(wishes);
        boolean nobody = !configured || !hasAgent;
        Map<Situation, Boolean> holds = new EnumMap<>(Map.of(
                Situation.BLOCKED, blocked,
                Situation.RATE_LIMITED, tooOften,
                Situation.OUTSIDE_HOURS, closed,
                Situation.AGENT_DOWN, nobody || away,
                Situation.OVER_LIMIT, full));
        Optional<Situation> expected = holds.keySet().stream()
                .filter(holds::get)
                .filter(situation -> situation == Situation.AGENT_DOWN && nobody
                        || situation.reply(tenant, CALLER, "x").isPresent())
                .findFirst();

        InboundDecision decision = decide(
                tenant,
                new Circumstances(
                        blocked, tooOften, closed, configured, away, hasAgent ? AGENT : Optional.empty(), full));

        switch (decision) {
            case Connect connect -> assertThat(expected).isEmpty();
            case Answer answer ->
                assertThat(answer.outcome())
                        .startsWith(
                                expected.orElseThrow() == Situation.AGENT_DOWN
                                        ? "agent-"
                                        : expected.get().word());
        }
    }

    private static InboundDecision decide(Tenant tenant, Circumstances now) {
        return InboundDecision.of(tenant, CALLER, now);
    }

    private static Circumstances fine() {
        return new Circumstances(false, false, false, true, false, AGENT, false);
    }

    private static Answer said(Sentence sentence, String outcome) {
        return new Answer(Optional.of(TENANT), new Reply.Say(sentence.words()), outcome, true);
    }

    private static Tenant tenant(Map<Situation, Kind> wishes) {
        CallSettings calls = new CallSettings(
                wish(wishes, Situation.OUTSIDE_HOURS),
                wish(wishes, Situation.OVER_LIMIT),
                wish(wishes, Situation.BLOCKED),
                wish(wishes, Situation.RATE_LIMITED),
                wish(wishes, Situation.AGENT_DOWN),
                null,
                null,
                Set.of(),
                Set.of(),
                AnsweringMachine.HANG_UP,
                null,
                List.of());
        return Tenants.with(71, "+12025550171", Tenants.FALLBACK, calls, Tenant.VoicePath.BRIDGE);
    }

    private static @Nullable CallAnswer wish(Map<Situation, Kind> wishes, Situation situation) {
        Kind kind = wishes.get(situation);
        return kind == null ? null : CallAnswer.of(kind);
    }
}
