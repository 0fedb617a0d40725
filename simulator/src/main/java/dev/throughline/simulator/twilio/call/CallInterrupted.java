package dev.throughline.simulator.twilio.call;

/** Unwinds the verb a call is executing when something breaks in. */
final class CallInterrupted extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Interruption interruption;

    CallInterrupted(Interruption interruption) {
        super(null, null, false, false);
        this.interruption = interruption;
    }

    Interruption interruption() {
        return interruption;
    }
}
