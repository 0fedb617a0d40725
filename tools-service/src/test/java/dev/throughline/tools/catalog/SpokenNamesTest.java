package dev.throughline.tools.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenNamesTest {

    private static final List<Service> SERVICES = List.of(
            service("Colouring"),
            service("Haircut"),
            service("Beard Trim"),
            service("Massage 30"),
            service("Massage 60"));

    @ParameterizedTest
    @CsvSource({
        "Colouring, Colouring",
        "the colouring, Colouring",
        "coloring, Colouring",
        "a color, Colouring",
        "hair colouring, Colouring",
        "the haircut, Haircut",
        "hair cut, Haircut",
        "haircuts, Haircut",
        "cut, Haircut",
        "beard, Beard Trim",
        "beard trimming, Beard Trim",
        "massage 60, Massage 60"
    })
    void shouldFindWhatIsMeant(String said, String name) {
        assertThat(SpokenNames.service(said, SERVICES))
                .isInstanceOfSatisfying(Said.Found.class, found -> assertThat(((Service) found.thing()).name())
                        .isEqualTo(name));
    }

    @Test
    void shouldFindById() {
        assertThat(SpokenNames.service(SERVICES.get(1).id().toString(), SERVICES))
                .isEqualTo(new Said.Found<>(SERVICES.get(1)));
    }

    @Test
    void shouldAskBackWhenSeveralFit() {
        assertThat(SpokenNames.service("a massage", SERVICES))
                .isEqualTo(new Said.Unclear<>(List.of(SERVICES.get(3), SERVICES.get(4))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pedicure", "", "the", "x", "'; DROP TABLE service; --", "00000000-0000-4000-8000-000000000099"})
    void shouldNotGuess(String said) {
        assertThat(SpokenNames.service(said, SERVICES)).isInstanceOf(Said.Unknown.class);
    }

    private static Service service(String name) {
        return new Service(
                UUID.randomUUID(),
                new UUID(1, 1),
                name,
                null,
                BigDecimal.TEN,
                30,
                null,
                0,
                0,
                BookingRules.standard(),
                List.of());
    }
}
