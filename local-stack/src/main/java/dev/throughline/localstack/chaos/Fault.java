package dev.throughline.localstack.chaos;

import dev.throughline.localstack.stack.PartFailure;
import java.io.IOException;

/**
 * Something that goes wrong for a while.
 *
 * @param name in words
 * @param strike breaks it
 * @param mend brings it back; returns when what was broken works again
 */
record Fault(String name, Act strike, Act mend) {

    /** Breaks or mends. */
    @FunctionalInterface
    interface Act {
        void run() throws IOException, InterruptedException, PartFailure;
    }
}
