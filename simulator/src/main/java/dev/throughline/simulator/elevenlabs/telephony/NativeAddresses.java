package dev.throughline.simulator.elevenlabs.telephony;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where Twilio finds the provider. The provider does not document these paths; only the stand-in itself builds and reads them.
 *
 * @param publicUrl the stand-in's public address, {@code https://} and a host, which Twilio signs
 */
record NativeAddresses(String publicUrl) {

    static final String INBOUND_CALL = "/twilio/inbound_call";
    static final String OUTBOUND_CALL = "/twilio/outbound_call";
    static final String STATUS = "/twilio/status-callback";
    static final String MACHINE_DETECTION = "/twilio/machine-detection";
    static final String INBOUND_TEXT = "/twilio/inbound_sms";
    static final String STREAM = "/twilio/media-stream";
    static final String REGISTERED_STREAM = "/twilio/registered-media-stream";

    String inboundCall() {
        return publicUrl + INBOUND_CALL;
    }

    String inboundText() {
        return publicUrl + INBOUND_TEXT;
    }

    String outboundCall(String conversationId) {
        return publicUrl + OUTBOUND_CALL + conversation(conversationId);
    }

    String status(String conversationId) {
        return publicUrl + STATUS + conversation(conversationId);
    }

    String machineDetection(String conversationId) {
        return publicUrl + MACHINE_DETECTION + conversation(conversationId);
    }

    /** TwiML that streams a call here. {@code registered}: the call's Twilio account is not known here. */
    String twiml(String conversationId, boolean registered) {
        String socket = publicUrl.replaceFirst("^http", "ws") + (registered ? REGISTERED_STREAM : STREAM);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>\n  <Connect>\n    <Stream url=\"" + socket
                + "\">\n      <Parameter name=\"conversation_id\" value=\"" + conversationId
                + "\"/>\n    </Stream>\n  </Connect>\n</Response>";
    }

    private static String conversation(String id) {
        return "?conversation_id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
