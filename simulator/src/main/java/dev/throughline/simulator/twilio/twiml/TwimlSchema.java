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
                            "machineDetectionTimeout",
                            "machineDetectionSpeechThreshold",
                            "machineDetectionSpeechEndThreshold",
                            "machineDetectionSilenceTimeout",
                            "amdStatusCallback",
                            "amdStatusCallbackMethod")),
            Map.entry(
                    "Client", Set.of("url", "method", "statusCallbackEvent", "statusCallback", "statusCallbackMethod")),
            Map.entry("Identity", Set.of()),
            Map.entry(
                    "Sip",
                    Set.of(
                            "username",
                            "password",
                            "url",
                            "method",
                            "statusCallbackEvent",
                            "statusCallback",
                            "statusCallbackMethod",
                            "machineDetection",
                            "amdStatusCallback",
                            "amdStatusCallbackMethod")),
            Map.entry(
                    "Conference",
                    Set.of(
                            "muted",
                            "beep",
                            "startConferenceOnEnter",
                            "endConferenceOnExit",
                            "participantLabel",
                            "jitterBufferSize",
                            "waitUrl",
                            "waitMethod",
                            "maxParticipants",
                            "record",
                            "trim",
                            "recordingStatusCallback",
                            "recordingStatusCallbackMethod",
                            "recordingStatusCallbackEvent",
                            "region",
                            "coach",
                            "statusCallback",
                            "statusCallbackMethod",
                            "statusCallbackEvent",
                            "eventCallbackUrl")),
            Map.entry(
                    "Record",
                    Set.of(
                            "action",
                            "method",
                            "timeout",
                            "finishOnKey",
                            "maxLength",
                            "playBeep",
                            "trim",
                            "recordingStatusCallback",
                            "recordingStatusCallbackMethod",
                            "recordingStatusCallbackEvent",
                            "transcribe",
                            "transcribeCallback")),
            Map.entry("Start", Set.of("action", "method")),
            Map.entry("Stop", Set.of()),
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
            Set.of("Enqueue", "Leave", "Queue", "Sms", "Refer", "Pay", "Prompt", "Echo");

    private TwimlSchema() {}
}
