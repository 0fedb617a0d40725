package dev.throughline.events.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.TenantSettings.DayHours;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BusinessHoursTest {

    private static final DayHours NINE_TO_FIVE = new DayHours("09:00", "17:00", true);

    private static TenantSettings hours(Map<String, DayHours> hours) {
        return new TenantSettings(null, null, null, null, hours, Set.of(), null, null, CallSettings.standard());
    }

    private static TenantSettings weekdays() {
        Map<String, DayHours> hours = new HashMap<>();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
            hours.put(day, NINE_TO_FIVE);
        }
        hours.put("sunday", new DayHours("09:00", "17:00", false));
        return hours(hours);
    }

    @Test
    void shouldSayTheWeekAsTheSeedsDo() {
        assertThat(BusinessHours.summary(weekdays()))
                .isEqualTo("We're open Monday through Friday from 09:00 to 17:00.");
    }

    @Test
    void shouldSayShorterDaysApart() {
        assertThat(BusinessHours.summary(hours(Map.of(
                        "friday",
                        NINE_TO_FIVE,
                        "saturday",
                        NINE_TO_FIVE,
                        "monday",
                        new DayHours("10:00", "12:00", true)))))
                .isEqualTo("We're open Monday from 10:00 to 12:00, and Friday and Saturday from 09:00 to 17:00.");
    }

    @Test
    void shouldSayNothingWhenNothingIsKnown() {
        assertThat(BusinessHours.summary(TenantSettings.empty())).isEmpty();
    }

    @Test
    void shouldOpenAtOpeningAndCloseAtClosing() {
        LocalDateTime friday = LocalDateTime.parse("2026-11-20T09:00");
        assertThat(BusinessHours.openAt(friday, weekdays())).isTrue();
        assertThat(BusinessHours.openAt(friday.withHour(17), weekdays())).isFalse();
        assertThat(BusinessHours.openAt(friday.plusDays(2), weekdays())).isFalse();
    }

    @Test
    void shouldBeOpenPastMidnightOnTheEveningsThatSaySo() {
        TenantSettings bar = hours(Map.of("friday", new DayHours("18:00", "02:00", true)));
        LocalDateTime friday = LocalDateTime.parse("2026-11-20T23:59");

        assertThat(BusinessHours.openAt(friday, bar)).isTrue();
        assertThat(BusinessHours.openAt(friday.plusHours(2), bar)).isTrue();
        assertThat(BusinessHours.openAt(friday.plusMinutes(121), bar)).isFalse();
        assertThat(BusinessHours.openAt(friday.minusDays(1), bar)).isFalse();
    }

    @Test
    void shouldBeClosedOnHolidaysThatComeEveryYear() {
        Closure christmas = new Closure(
                UUID.randomUUID(),
                "Christmas",
                LocalDateTime.parse("2020-12-24T12:00"),
                LocalDateTime.parse("2020-12-27T00:00"),
                true);
        Tenant tenant = tenant(new TenantCatalog(List.of(), List.of(), List.of(), List.of(christmas)));

        // A Thursday and a Friday.
        assertThat(BusinessHours.openAt(LocalDateTime.parse("2026-12-24T11:59"), tenant))
                .isTrue();
        assertThat(BusinessHours.openAt(LocalDateTime.parse("2026-12-24T12:00"), tenant))
                .isFalse();
        assertThat(BusinessHours.closedAt(LocalDateTime.parse("2026-12-25T10:00"), tenant))
                .isTrue();
        assertThat(BusinessHours.closedAt(LocalDateTime.parse("2026-12-28T10:00"), tenant))
                .isFalse();
    }

    @Test
    void shouldReadTheTenantItWrote() throws IOException {
        Tenant tenant = tenant(new TenantCatalog(
                List.of(new TenantCatalog.Offer(
                        UUID.randomUUID(), "Haircut", null, new BigDecimal("50.00"), 45, "hair")),
                List.of(new TenantCatalog.Employee(UUID.randomUUID(), "Maria", null)),
                List.of(),
                List.of()));

        assertThat(TenantCodec.decode(TenantCodec.encode(tenant))).isEqualTo(tenant);
    }

    private static Tenant tenant(TenantCatalog catalog) {
        return new Tenant(
                        UUID.randomUUID(),
                        "Harbour Salon",
                        "+12025550100",
                        null,
                        "America/New_York",
                        "US",
                        "en",
                        Tenant.VoicePath.BRIDGE,
                        weekdays(),
                        List.of("ab12"),
                        1)
                .keeping(catalog);
    }
}
