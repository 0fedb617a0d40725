package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bodies of requests to ElevenLabs' REST API. Pure. */
final class ConvaiRequests {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CLIENT_DATA = "conversation_initiation_client_data";

    private ConvaiRequests() {}

    static ObjectNode outboundCall(OutboundCall call) {
        ObjectNode body = MAPPER.createObjectNode()
                .put("agent_id", call.agentId())
                .put("agent_phone_number_id", call.agentPhoneNumberId())
                .put("to_number", call.to());
        AgentMessages.clientData(body.putObject(CLIENT_DATA), call.data());
        body.putObject("telephony_call_config")
                .put("ringing_timeout_secs", call.ringing().toSeconds());
        return body;
    }

    static ObjectNode registerCall(RegisterCall call) {
        ObjectNode body = MAPPER.createObjectNode()
                .put("agent_id", call.agentId())
                .put("from_number", call.from())
                .put("to_number", call.to())
                .put("direction", call.outbound() ? "outbound" : "inbound");
        AgentMessages.clientData(body.putObject(CLIENT_DATA), call.data());
        return body;
    }
}
