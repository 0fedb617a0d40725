package dev.throughline.simulator.twilio.call;

/** Everything a call is started with. */
record CallPlan(CallWebhooks webhooks, CallOptions options, Destination destination) {}
