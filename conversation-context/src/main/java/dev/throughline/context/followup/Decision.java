package dev.throughline.context.followup;

/** What comes of news about a lead. */
sealed interface Decision {

    /** To be done; nothing comes of it where a follow-up of this id was ever kept. */
    record Schedule(FollowUp followUp) implements Decision {}

    /** Its reason is gone. */
    record Cancel(FollowUp followUp, String why) implements Decision {}

    /** It is over already and was told: this database has forgotten it. */
    record Settle(FollowUp followUp) implements Decision {}

    /** The text did not reach the customer; what comes next is another {@link Schedule}. */
    record Fail(FollowUp followUp, String why) implements Decision {}
}
