package dev.throughline.localstack.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    private final RouteTable table = RouteTable.read(Path.of("..", "deploy", "routes.yaml"));

    RouteTableTest() throws IOException {}

    @ParameterizedTest
    @CsvSource({
        "/api/webhooks/twilio/elevenlabs, telephony-gateway",
        "/api/webhooks/twilio/voice, telephony-gateway",
        "/api/webhooks/twilio/status, telephony-gateway",
        "/api/webhooks/twilio/stream-ended, telephony-gateway",
        "/api/webhooks/twilio/stream-status, telephony-gateway",
        "/api/webhooks/elevenlabs/conversation-initiation, telephony-gateway",
        "/api/elevenlabs/outbound-call, telephony-gateway",
        "/api/elevenlabs/signed-url, telephony-gateway",
        "/api/twilio/token, telephony-gateway",
        "/api/twilio/start-conference, telephony-gateway",
        "/api/twilio/conferences/room-1/participants, telephony-gateway",
        "/api/twilio/conference-elevenlabs, telephony-gateway",
        "/api/webhooks/twilio/conference-status, telephony-gateway",
        "/media-stream, media-bridge",
        "/api/calls/CA1/listen, media-bridge",
        "/media-stream/opening, media-bridge",
        "/api/twilio/media-stream, media-bridge",
        "/api/twilio/media-stream/opening, media-bridge",
        "/api/webhooks/twilio/sms/incoming, sms-service",
        "/api/webhooks/twilio/sms/status, sms-service",
        "/api/twilio/send-sms, sms-service",
        "/api/ai/webhook/elevenlabs, tools-service",
        "/api/tools/check_availability, tools-service",
        "/api/webhooks/elevenlabs/services, tools-service",
        "/api/webhooks/elevenlabs/appointments, tools-service",
        "/api/tenants, tools-service",
        "/api/tenants/7f1c0000-0000-4000-8000-000000000001/staff, tools-service",
        "/api/appointments, tools-service",
        "/api/appointments/1, tools-service",
        "/api/webhooks/elevenlabs/post-call, conversation-context",
        "/api/webhooks/elevenlabs/conversation-events, conversation-context",
        "/api/stream/conversation/1, conversation-context",
        "/api/leads, conversation-context",
        "/api/leads/1/timeline, conversation-context",
        "/api/leads/1/context, conversation-context",
        "/api/session, conversation-context",
        "/, conversation-context",
        "/sign-in, conversation-context",
        "/assets/index.js, conversation-context"
    })
    void shouldSendEveryPathOfTheDesignToItsService(String path, String service) {
        assertThat(table.serviceOf(path)).contains(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/lead-contexts/1/2",
                "/internal/calls/1/stream-outcome",
                "/internal/calls/1/listen",
                "/q/metrics",
                "/q/openapi",
                "/q"
            })
    void shouldKeepWhatServicesAskEachOtherFromTheOutside(String path) {
        assertThat(table.serviceOf(path)).isEmpty();
    }

    @Test
    void shouldNameTheFiveServicesAndNoOther() {
        assertThat(table.services())
                .containsExactlyInAnyOrder(
                        "telephony-gateway", "media-bridge", "sms-service", "tools-service", "conversation-context");
    }

    @Test
    void shouldPreferExactToPrefixAndLongerToShorter() {
        RouteTable routes = new RouteTable(List.of(
                new Route("/", Route.Match.PREFIX, "root"),
                new Route("/a/b", Route.Match.PREFIX, "deep"),
                new Route("/a", Route.Match.PREFIX, "shallow"),
                new Route("/a/b/c", Route.Match.EXACT, "exact")));

        assertThat(routes.serviceOf("/a/b/c")).contains("exact");
        assertThat(routes.serviceOf("/a/b/c/d")).contains("deep");
        assertThat(routes.serviceOf("/a/x")).contains("shallow");
        assertThat(routes.serviceOf("/abc")).contains("root");
    }

    @Test
    void shouldMatchPrefixesByWholeSegments() {
        RouteTable routes = new RouteTable(List.of(new Route("/api/leads", Route.Match.PREFIX, "leads")));

        assertThat(routes.serviceOf("/api/leads")).contains("leads");
        assertThat(routes.serviceOf("/api/leads/")).contains("leads");
        assertThat(routes.serviceOf("/api/leadsx")).isEmpty();
    }

    @Test
    void shouldRefuseTwoRoutesForOnePath() {
        Route route = new Route("/a", Route.Match.EXACT, "one");

        assertThatThrownBy(() -> new RouteTable(List.of(route, new Route("/a", Route.Match.EXACT, "two"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a");
    }
}
