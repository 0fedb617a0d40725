package dev.throughline.events.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowUpTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Hi {name}, this is {business}.; Hi Anna, this is Harbour Salon.",
                "Hi {name|there}, see you.; Hi Anna, see you.",
                "Hi {staff|there}, see you.; Hi there, see you.",
                "Hi {staff}, see you  soon.; Hi, see you soon.",
                "{staff} will see you.; will see you.",
                "No placeholder  at all.; No placeholder  at all.",
                "{service}; $1 {cut}"
            })
    void shouldSayWhatIsKnownAndLeaveNoGapWhereNothingIs(String template, String words) {
        Map<String, String> values = Map.of("name", "Anna", "business", "Harbour Salon", "service", "$1 {cut}");
        assertThat(FollowUpText.render(template, values)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Hi {name|you}, come to {business}.; ''",
                "See you {time}.; has {time}: its placeholders are {business}, {name}",
                "Hi {Name}.; has a brace that belongs to no placeholder",
                "Hi {name.; has a brace that belongs to no placeholder",
                "Hi name}.; has a brace that belongs to no placeholder"
            })
    void shouldNameWhatIsWrongWithATemplate(String template, String problem) {
        String found =
                FollowUpText.problemWith(template, FollowUpText.ABOUT_A_CALL).orElse("");
        assertThat(found).startsWith(problem);
        assertThat(found.isEmpty()).isEqualTo(problem.isEmpty());
    }

    @Test
    void shouldReadSettingsOfAPublisherThatKnewNoFollowUps() throws Exception {
        String json = "{\"businessHours\":{}}";
        TenantSettings old = dev.throughline.events.EventJson.mapper().readValue(json, TenantSettings.class);
        assertThat(old.followUps()).isEqualTo(FollowUpSettings.none());
    }
}
