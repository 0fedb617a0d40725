package dev.throughline.events;

/** The way by which a lead and the business are in contact. */
public enum Channel {
    VOICE,
    SMS,
    CHAT,
    OPERATOR
}
