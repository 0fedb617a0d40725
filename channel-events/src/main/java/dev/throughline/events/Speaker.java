package dev.throughline.events;

/** Whose words these are. */
public enum Speaker {
    CUSTOMER,
    AGENT,
    OPERATOR
}
