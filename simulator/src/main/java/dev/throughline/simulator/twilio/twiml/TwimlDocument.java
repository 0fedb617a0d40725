package dev.throughline.simulator.twilio.twiml;

import java.util.List;

/**
 * A document ready to be executed.
 *
 * @param warnings sentences for 12200 warnings: what was left out because it is not in Twilio's schema
 */
public record TwimlDocument(List<Verb> verbs, List<String> warnings) {}
