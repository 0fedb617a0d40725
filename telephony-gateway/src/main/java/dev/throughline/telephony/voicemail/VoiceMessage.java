package dev.throughline.telephony.voicemail;

import dev.throughline.telephony.call.CallParties;

/**
 * A message a caller left.
 *
 * @param recordingSid Twilio's {@code RE…}
 * @param durationSeconds at least 1
 */
record VoiceMessage(CallParties call, String recordingSid, int durationSeconds) {}
