package dev.throughline.events.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadIdsTest {

    private static final UUID TENANT = UUID.fromString("de535df4-ccee-41f0-a2aa-12736706c408");

    @ParameterizedTest
    @ValueSource(strings = {"+12025550142", "(202) 555-0142", "202-555-0142", " +1 202 555 0142 ", "1 202 555 0142"})
    void shouldBeOneLeadHoweverTheNumberIsWritten(String written) {
        assertThat(LeadIds.of(TENANT, LeadIds.address(written, "US", "CA1")))
                .isEqualTo(LeadIds.of(TENANT, ContactAddress.phone("+12025550142")));
    }

    @Test
    void shouldNeverChange() {
        assertThat(LeadIds.of(TENANT, ContactAddress.phone("+12025550142")))
                .isEqualTo(UUID.fromString("fe3c1e92-509e-5efb-904a-388cbdb66c0d"));
    }

    @Test
    void shouldBeAnotherLeadAtAnotherTenant() {
        assertThat(LeadIds.of(TENANT, ContactAddress.phone("+12025550142")))
                .isNotEqualTo(LeadIds.of(UUID.randomUUID(), ContactAddress.phone("+12025550142")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "unknown", "", "Restricted", "sip:a@b"})
    void shouldGiveACallerWithoutNumberALeadPerCall(String hidden) {
        assertThat(LeadIds.address(hidden, "US", "CA1"))
                .isEqualTo(new ContactAddress(ContactAddress.Kind.CALL, "CA1"))
                .isNotEqualTo(LeadIds.address(hidden, "US", "CA2"));
    }

    @Test
    void shouldKnowASipCallerByTheNumberInTheAddress() {
        assertThat(LeadIds.address("sip:+12025550142@carrier.example:5060;transport=tls", "US", "CA1"))
                .isEqualTo(ContactAddress.phone("+12025550142"));
        assertThat(LeadIds.address("sip:2025550142@carrier.example", "US", "CA1")
                        .kind())
                .isEqualTo(ContactAddress.Kind.CALL);
    }

    @Test
    void shouldKnowABrowserCallerByIdentity() {
        assertThat(LeadIds.address("client:web_user_1", "US", "CA1"))
                .isEqualTo(new ContactAddress(ContactAddress.Kind.CLIENT, "web_user_1"));
    }
}
