package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.recording.Recordings;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.Vertx;

/** What every room needs. */
record ConferenceEnvironment(
        TwilioAccount account,
        Vertx vertx,
        WebhookSender webhooks,
        Violations violations,
        Recordings recordings,
        Announcer announcer,
        Conferences rooms) {}
