package dev.throughline.simulator.twilio.twiml;

import java.util.Map;
import java.util.Set;

/** Attributes of the verbs and nouns read here. Source: Twilio, <i>TwiML for Programmable Voice</i> and <i>…Messaging</i>. */
final class TwimlSchema {

    static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("Response", Set.of()),
            Map.entry("Say", Set.of("voice", "language", "loop")),
            Map.entry("Play", Set.of("loop", "digits")),
            Map.entry("Pause", Set.of("length")),
            Map.entry("Reject", Set.of("reason")),
            Map.entry("Hangup", Set.of()),
            Map.entry("Redirect", Set.of("method")),
            Map.entry(
                    "Gather",
                    Set.of(
                            "input",
                            "action",
                            "method",
                            "timeout",
                            "speechTimeout",
                            "maxSpeechTime",
                            "profanityFilter",
                            "finishOnKey",
                            "numDigits",
                            "partialResultCallback",
                            "partialResultCallbackMethod",
                            "language",
                            "hints",
                            "bargeIn",
                            "debug",
                            "actionOnEmptyResult",
                            "dtmfDetection",
                            "speechModel",
                            "enhanced")),
            Map.entry(
                    "Dial",
                    Set.of(
                            "action",
                            "method",
                            "timeout",
                            "hangupOnStar",
                            "timeLimit",
                            "callerId",
                            "record",
                            "trim",
                            "recordingStatusCallback",
                            "recordingStatusCallbackMethod",
                            "recordingStatusCallbackEvent",
                            "recordingTrack",
                            "answerOnBridge",
                            "ringTone",
                            "referUrl",
                            "referMethod",
                            "sequential")),
            Map.entry(
                    "Number",
                    Set.of(
                            "sendDigits",
                            "url",
                            "method",
                            "statusCallbackEvent",
                            "statusCallback",
                            "statusCallbackMethod",
                            "byoc",
                            "machineDetection",
                            "amdStatusCallback",
                            "amdStatusCallbackMethod")),
            Map.entry("Connect", Set.of("action", "method")),
            Map.entry(
                    "Stream",
                    Set.of("name", "connectorName", "url", "track", "statusCallback", "statusCallbackMethod")),
            Map.entry("Parameter", Set.of("name", "value")),
            Map.entry("Message", Set.of("to", "from", "action", "method", "statusCallback")),
            Map.entry("Body", Set.of()),
            Map.entry("Media", Set.of()));

    /** Verbs Twilio has and this stand-in passes over. */
    static final Set<String> NOT_SIMULATED =
            Set.of("Start", "Stop", "Record", "Enqueue", "Leave", "Queue", "Sms", "Refer", "Pay", "Prompt", "Echo");

    private TwimlSchema() {}
}
