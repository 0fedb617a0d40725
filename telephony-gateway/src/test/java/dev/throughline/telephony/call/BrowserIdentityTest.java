package dev.throughline.telephony.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserIdentityTest {

    private static final UUID TENANT = UUID.fromString("7f1c0000-0000-4000-8000-000000000001");

    @Test
    void shouldReadWhatItWrites() {
        BrowserIdentity identity = new BrowserIdentity(TENANT, "web_User_1");

        assertThat(identity.identity()).isEqualTo("t_7f1c0000000040008000000000000001_web_User_1");
        assertThat(BrowserIdentity.parse(identity.identity())).contains(identity);
        assertThat(BrowserIdentity.parse(identity.address())).contains(identity);
    }

    @Test
    void shouldMakeANameOfAnyText() {
        assertThat(BrowserIdentity.named(TENANT, "maria@salon.example").name()).isEqualTo("maria_salon_example");
        assertThat(BrowserIdentity.named(TENANT, "").name()).isEqualTo("_");
        assertThat(BrowserIdentity.named(TENANT, "x".repeat(100)).name()).hasSize(64);
        assertThatThrownBy(() -> new BrowserIdentity(TENANT, "a-b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "client:",
                "client:web_user_1",
                "+12025550101",
                "t_7f1c0000000040008000000000000001",
                "t_7f1c0000000040008000000000000001_",
                "t_7F1C0000000040008000000000000001_a",
                "t_7f1c000000004000800000000000000_a",
                "t_7f1c0000000040008000000000000001_a b",
                "client:client:t_7f1c0000000040008000000000000001_a"
            })
    void shouldKnowNoOther(String party) {
        assertThat(BrowserIdentity.parse(party)).isEmpty();
    }
}
