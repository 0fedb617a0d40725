package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.NumberDirectory;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.VoiceResources;
import dev.throughline.simulator.twilio.conference.Conferences;
import dev.throughline.simulator.twilio.recording.Recordings;
import dev.throughline.simulator.twilio.stream.StreamEnvironment;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import dev.throughline.simulator.wire.Violations;
import java.util.function.Function;

/**
 * What every call needs.
 *
 * @param transcriber words of heard mu-law audio; empty when it knows none
 */
public record CallEnvironment(
        TwilioAccount account,
        NumberDirectory numbers,
        VoiceResources applications,
        VoiceResources sipDomains,
        WebhookSender webhooks,
        StreamEnvironment streams,
        Recordings recordings,
        Conferences rooms,
        Violations violations,
        ClipSource clips,
        Function<byte[], String> transcriber) {}
