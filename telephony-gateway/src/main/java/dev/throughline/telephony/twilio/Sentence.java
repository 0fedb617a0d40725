package dev.throughline.telephony.twilio;

/** What a caller hears when the agent cannot answer. The words are part of the contract. */
public enum Sentence {
    NOT_IN_SERVICE("This number is not in service."),
    AGENT_UNAVAILABLE("Our AI assistant is temporarily unavailable."),
    AGENT_NOT_CONFIGURED("Our AI assistant is not properly configured."),
    ERROR("We encountered an error. Please try again later.");

    private final String words;

    Sentence(String words) {
        this.words = words;
    }

    /** The sentence as spoken. */
    public String words() {
        return words;
    }
}
