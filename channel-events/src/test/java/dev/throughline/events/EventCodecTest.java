package dev.throughline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.events.EventCodec.Encoded;
import dev.throughline.events.EventCodec.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<ChannelEvent> everyType() {
        return Samples.ofEveryType().stream();
    }

    @Test
    void shouldHaveASampleOfEveryType() {
        assertThat(everyType().map(EventTypes::nameOf).collect(Collectors.toSet()))
                .isEqualTo(EventTypes.all());
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void shouldReadWhatItWrote(ChannelEvent event) throws Exception {
        RecordedEvent recorded = Samples.recorded(event, Samples.NOON);

        Encoded encoded = EventCodec.encode(recorded);

        assertThat(EventCodec.decode(encoded.headers(), encoded.value())).isEqualTo(recorded);
        assertThat(encoded.key()).isEqualTo(Samples.LEAD.toString());
    }

    /** The golden files are the published form: whoever changes one breaks other teams' consumers. */
    @ParameterizedTest
    @MethodSource("everyType")
    void shouldKeepThePublishedForm(ChannelEvent event) throws Exception {
        String name = "golden/" + EventTypes.nameOf(event) + ".json";
        JsonNode written = JSON.readTree(EventCodec.data(event));
        if (Boolean.getBoolean("golden.update")) {
            Path file = Path.of("src/test/resources", name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n");
        }
        try (InputStream golden = getClass().getClassLoader().getResourceAsStream(name)) {
            assertThat(golden)
                    .as("%s is missing: run with -Dgolden.update=true and review it", name)
                    .isNotNull();
            assertThat(written).isEqualTo(JSON.readTree(golden));
        }
    }

    @Test
    void shouldBindToCloudEventsBinaryMode() {
        RecordedEvent recorded = Samples.recorded(new SmsEvent.OptedOut(Samples.CUSTOMER, "STOP"), Samples.NOON);

        assertThat(EventCodec.encode(recorded).headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", recorded.id().toString())
                .containsEntry("ce_type", "sms.opted-out")
                .containsEntry("ce_source", "test")
                .containsEntry("ce_time", "2026-11-20T17:00:00Z")
                .containsEntry("ce_subject", Samples.LEAD.toString())
                .containsEntry("ce_tenantid", Samples.TENANT.toString())
                .containsEntry("content-type", "application/json");
    }

    @Test
    void shouldNameNobodyInKeyAndHeaders() {
        for (ChannelEvent event : Samples.ofEveryType()) {
            Encoded encoded = EventCodec.encode(Samples.recorded(event, Samples.NOON));
            assertThat(encoded.key() + encoded.headers()).doesNotContain("2025550142", "Anna");
        }
    }

    @Test
    void shouldPassAnUnknownTypeThroughUntouched() throws Exception {
        byte[] value = "{\"planet\":\"Mars\",\"moons\":[1,2]}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>(
                EventCodec.encode(Samples.recorded(new SmsEvent.OptedIn(Samples.CUSTOMER, "START"), Samples.NOON))
                        .headers());
        headers.put("ce_type", "probe.landed");

        RecordedEvent read = EventCodec.decode(headers, value);

        assertThat(read.event()).isInstanceOf(ChannelEvent.Unknown.class);
        assertThat(EventCodec.encode(read).value()).isEqualTo(value);
        assertThat(EventCodec.encode(read).headers()).containsEntry("ce_type", "probe.landed");
    }

    @Test
    void shouldIgnoreMembersOfANewerVersion() throws IOException {
        assertThat(EventCodec.event(
                        "sms.opted-out", "{\"address\":\"+12025550142\",\"word\":\"STOP\",\"mood\":\"bad\"}"))
                .isEqualTo(new SmsEvent.OptedOut("+12025550142", "STOP"));
    }

    @Test
    void shouldNameWhatAMalformedEventLacks() {
        assertThatThrownBy(() -> EventCodec.event("sms.opted-out", "{\"address\":\"+12025550142\"}"))
                .hasMessageContaining("sms.opted-out lacks word");
        assertThatThrownBy(() -> EventCodec.decode(Map.of("ce_type", "sms.opted-out"), new byte[] {'{', '}'}))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("ce_id");
    }
}
