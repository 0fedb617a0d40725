package dev.throughline.telephony.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.CallStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerLegTest {

    private static final String CUSTOMER = "+12025550103";
    private static final Tenant TENANT = Tenants.with(
            73,
            "+12025550173",
            Tenants.FALLBACK,
            new CallSettings(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Set.of(),
                    Set.of(),
                    AnsweringMachine.HANG_UP,
                    null,
                    List.of(new Human("Maria", "+12025550191"))),
            Tenant.VoicePath.BRIDGE);

    @Test
    void shouldKnowTheCustomersOwnLegs() {
        assertThat(CustomerLeg.is(report(false, false, CUSTOMER, "+12025550173"), TENANT))
                .isTrue();
        assertThat(CustomerLeg.is(report(false, true, "+12025550173", CUSTOMER), TENANT))
                .isTrue();
    }

    @Test
    void shouldNotTakeALegDialledForAnotherCallForACall() {
        assertThat(CustomerLeg.is(report(true, true, "+12025550173", CUSTOMER), TENANT))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+12025550191",
                Tenants.FALLBACK,
                "client:t_7f1c0000000040008000000000000001_maria",
                "app:AP0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a?token=t"
            })
    void shouldNotTakeOurOwnPeopleAndPartsForCustomers(String called) {
        assertThat(CustomerLeg.is(report(false, true, "+12025550173", called), TENANT))
                .isFalse();
    }

    private static CallReport report(boolean child, boolean outbound, String from, String to) {
        return new CallReport(
                "CA1", Optional.of(CallStatus.RINGING), 0, 0, null, child, outbound, from, to, Instant.EPOCH);
    }
}
