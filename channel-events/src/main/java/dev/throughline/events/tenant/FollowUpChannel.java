package dev.throughline.events.tenant;

/** The way a follow-up takes to the lead. */
public enum FollowUpChannel {
    TEXT,
    /** The agent calls and asks. */
    CALL,
    /** The tenant's own system is told. Never in a rule: only what a failed text raises. */
    HOOK
}
