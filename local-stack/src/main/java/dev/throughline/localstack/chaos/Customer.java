package dev.throughline.localstack.chaos;

import java.util.ArrayList;
import java.util.List;

/** One customer and what it knows to have happened to it. Thread-safe. */
final class Customer {

    /** Nothing was said about stopping yet. */
    private static final int GOES_ON = -1;

    private final String number;
    private final List<String> accepted = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int answersAtStop = GOES_ON;
    private int deliveries;

    Customer(int ordinal) {
        this.number = "+1202557%04d".formatted(ordinal);
    }

    String number() {
        return number;
    }

    /** A text was taken: its webhook was answered 200. */
    synchronized void accepted(String body) {
        accepted.add(body);
    }

    /** One webhook more was sent, the first of its text or a repetition. */
    synchronized void delivered() {
        deliveries++;
    }

    synchronized void called(String callSid) {
        calls.add(callSid);
    }

    /** STOP was taken, and {@code answers} texts had been sent by then. */
    synchronized void stopped(int answers) {
        answersAtStop = answers;
    }

    synchronized List<String> texts() {
        return List.copyOf(accepted);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized int deliveries() {
        return deliveries;
    }

    synchronized boolean hasStopped() {
        return answersAtStop != GOES_ON;
    }

    /** Texts that had been sent when STOP was heard; only when {@link #hasStopped}. */
    synchronized int answersAtStop() {
        return answersAtStop;
    }
}
