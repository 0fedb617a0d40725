package dev.throughline.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final Set<String> KNOWN = Set.of("from", "to");

    @Test
    void shouldTakeOptionsInBothFormsAndKeepTheOrderOfWords() {
        Arguments arguments =
                Arguments.parse(List.of("Hi,", "--from", "+12025550142", "you", "--to=+12025550100"), KNOWN);

        assertThat(arguments.words()).containsExactly("Hi,", "you");
        assertThat(arguments.option("from")).contains("+12025550142");
        assertThat(arguments.option("to")).contains("+12025550100");
    }

    @Test
    void shouldTakeEverythingAfterTwoDashesForWords() {
        assertThat(Arguments.parse(List.of("--", "--from"), KNOWN).words()).containsExactly("--from");
    }

    @Test
    void shouldTakeASwitchWithoutAValue() {
        Arguments arguments = Arguments.parse(List.of("--quick", "bridge", "--from", "x"), KNOWN, Set.of("quick"));

        assertThat(arguments.words()).containsExactly("bridge");
        assertThat(arguments.option("quick")).isPresent();
        assertThat(arguments.option("from")).contains("x");
    }

    @Test
    void shouldRefuseAnUnknownOptionAndOneWithoutAValue() {
        assertThatThrownBy(() -> Arguments.parse(List.of("--form", "x"), KNOWN))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--form");
        assertThatThrownBy(() -> Arguments.parse(List.of("--from"), KNOWN))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("needs a value");
    }
}
