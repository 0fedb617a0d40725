package dev.throughline.sms.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartyTest {

    @ParameterizedTest
    @CsvSource({
        "+12025550123, Phone, +12025550123",
        "2025550123, Phone, +12025550123",
        "(202) 555-0123, Phone, +12025550123",
        "32665, Named, 32665",
        "692632, Named, 692632",
        "64446, Named, 64446",
        "ACME, Named, ACME",
        "Dr. Müller & Co, Named, Dr. Müller & Co",
        "T-Mobile, Named, T-Mobile",
        "whatsapp:+12025550123, Elsewhere, ''",
        "messenger:1234567, Elsewhere, ''",
        "rcs:harbour_agent, Elsewhere, ''",
        "'<script>', Unreadable, ''",
        "+1, Unreadable, ''",
        "+++, Unreadable, ''",
    })
    void shouldTellWhoWrote(String written, String kind, String address) {
        Party party = Party.of(written, "US");
        assertThat(party.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(party.address()).isEqualTo(address);
    }
}
