package dev.throughline.localstack.bench.texts;

import java.time.Duration;

/**
 * What a run does.
 *
 * @param connections webhooks under way at once; each connection posts its next when the last was answered
 * @param rounds how often both endpoints are measured, one after the other; work of others on the machine spoils one round, not all
 * @param window how long each is measured in a round
 * @param warmUp how long each is under load before the first round; a JVM compiles meanwhile
 * @param warmUpTexts how many texts it takes meanwhile at least
 * @param leads customers who text, one text after the other
 * @param sessions text sessions opened at once and left idle
 */
public record TextBenchPlan(
        int connections, int rounds, Duration window, Duration warmUp, int warmUpTexts, int leads, int sessions) {

    private static final int LEADS = 2_000;

    /** A full run: some three minutes with the default window of ten seconds. */
    public static TextBenchPlan full(int connections, Duration window) {
        return new TextBenchPlan(connections, 3, window, Duration.ofSeconds(25), 40_000, LEADS, 1_000);
    }

    /** A run of about a minute; its figures are rougher. */
    public static TextBenchPlan quick(int connections, Duration window) {
        return new TextBenchPlan(connections, 2, window, Duration.ofSeconds(5), 8_000, LEADS, 1_000);
    }
}
