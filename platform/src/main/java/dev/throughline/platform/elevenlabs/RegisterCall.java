package dev.throughline.platform.elevenlabs;

/**
 * A call of a number of ours whose audio ElevenLabs is to take.
 *
 * @param from E.164, who calls
 * @param to E.164, who is called
 * @param outbound whether we called the customer
 */
public record RegisterCall(String agentId, String from, String to, boolean outbound, ConversationData data) {}
