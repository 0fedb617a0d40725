package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.account.MessagingServices;
import dev.throughline.simulator.twilio.account.NumberDirectory;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.Violations;

/** What the messaging side needs. */
public record MessageEnvironment(
        TwilioAccount account,
        NumberDirectory numbers,
        MessagingServices services,
        WebhookSender webhooks,
        FaultPlan faults,
        Violations violations) {}
