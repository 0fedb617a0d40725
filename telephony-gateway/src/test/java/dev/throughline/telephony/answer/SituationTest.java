package dev.throughline.telephony.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallAnswer.Kind;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SituationTest {

    private static final String CALLER = "+12025550101";
    private static final String WORDS = "Something is the matter.";
    private static final Fallback BUSINESS = new Fallback(Tenants.FALLBACK, null);

    @ParameterizedTest(name = "{0} {1} own words {2} business {3}")
    @MethodSource("everyAnswer")
    void shouldDoWhatTheTenantWants(Situation situation, Kind kind, boolean ownWords, boolean business) {
        String own = ownWords ? "In our own words." : null;

        Optional<Reply> reply = situation.reply(tenant(situation, new CallAnswer(kind, own), business), CALLER, WORDS);

        String spoken = ownWords ? "In our own words." : WORDS;
        switch (kind) {
            case AGENT -> assertThat(reply).isEmpty();
            case REJECT -> assertThat(reply).contains(new Reply.Reject(situation != Situation.BLOCKED));
            case MESSAGE -> assertThat(reply).contains(new Reply.Say(ownWords ? spoken : spoken + " Goodbye."));
            case VOICEMAIL ->
                assertThat(reply)
                        .contains(new Reply.TakeMessage(
                                ownWords ? spoken : spoken + " Please leave a message after the tone."));
            case RING ->
                assertThat(reply)
                        .contains(
                                business
                                        ? new Reply.Ring(own, BUSINESS)
                                        : new Reply.Say(ownWords ? spoken : spoken + " Goodbye."));
        }
    }

    static Stream<Arguments> everyAnswer() {
        List<Arguments> all = new ArrayList<>();
        for (Situation situation : Situation.values()) {
            for (Kind kind : Kind.values()) {
                for (boolean ownWords : new boolean[] {true, false}) {
                    all.add(Arguments.of(situation, kind, ownWords, true));
                    all.add(Arguments.of(situation, kind, ownWords, false));
                }
            }
        }
        return all.stream();
    }

    @Test
    void shouldHaveAnAnswerForATenantThatToldNone() {
        assertThat(standard(Situation.OUTSIDE_HOURS, true)).isEmpty();
        assertThat(standard(Situation.BLOCKED, true)).contains(new Reply.Reject(false));
        assertThat(standard(Situation.RATE_LIMITED, true)).contains(new Reply.Reject(true));
        assertThat(standard(Situation.OVER_LIMIT, true)).contains(new Reply.Ring(WORDS, BUSINESS));
        assertThat(standard(Situation.OVER_LIMIT, false)).contains(new Reply.Reject(true));
        assertThat(standard(Situation.AGENT_DOWN, true)).contains(new Reply.Ring(WORDS, BUSINESS));
        assertThat(standard(Situation.AGENT_DOWN, false)).contains(new Reply.Say(WORDS));
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void shouldNeverRejectOrLeaveToTheAgentACallThatWasAnswered(Situation situation) {
        for (Kind kind : Kind.values()) {
            for (boolean business : new boolean[] {true, false}) {
                Tenant tenant = tenant(situation, CallAnswer.of(kind), business);

                assertThat(situation.replyOnceAnswered(tenant, CALLER, WORDS)).isNotInstanceOf(Reply.Reject.class);
            }
        }
    }

    @Test
    void shouldTellTheHoursOfAClosedBusiness() {
        assertThat(Situation.OUTSIDE_HOURS.words(Tenants.harbourSalon()))
                .isEqualTo("Thank you for calling Harbour Salon. We are closed right now."
                        + " We're open Monday through Saturday from 09:00 to 17:00.");
    }

    @Test
    void shouldTakeBlankWordsForNone() {
        Tenant tenant = tenant(Situation.BLOCKED, new CallAnswer(Kind.MESSAGE, "  "), false);

        assertThat(Situation.BLOCKED.reply(tenant, CALLER, WORDS)).contains(new Reply.Say(WORDS + " Goodbye."));
    }

    @Test
    void shouldShowOurNumberToTheBusinessWhereTheCallerHasNone() {
        Tenant tenant = tenant(Situation.AGENT_DOWN, CallAnswer.of(Kind.RING), true);

        assertThat(Situation.AGENT_DOWN.reply(tenant, "anonymous", WORDS))
                .contains(new Reply.Ring(null, new Fallback(Tenants.FALLBACK, Tenants.NUMBER_WITH_FALLBACK)));
    }

    private static Optional<Reply> standard(Situation situation, boolean business) {
        return situation.reply(tenant(situation, null, business), CALLER, WORDS);
    }

    private static Tenant tenant(Situation situation, @Nullable CallAnswer answer, boolean business) {
        CallSettings calls = new CallSettings(
                situation == Situation.OUTSIDE_HOURS ? answer : null,
                situation == Situation.OVER_LIMIT ? answer : null,
                situation == Situation.BLOCKED ? answer : null,
                situation == Situation.RATE_LIMITED ? answer : null,
                situation == Situation.AGENT_DOWN ? answer : null,
                null,
                null,
                Set.of(),
                Set.of(),
                AnsweringMachine.HANG_UP,
                null,
                List.of());
        return Tenants.with(
                70, Tenants.NUMBER_WITH_FALLBACK, business ? Tenants.FALLBACK : null, calls, Tenant.VoicePath.BRIDGE);
    }
}
