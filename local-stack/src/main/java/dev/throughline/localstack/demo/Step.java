package dev.throughline.localstack.demo;

import java.io.IOException;

/** One thing that happens in the story, and what must be seen of it. */
interface Step {

    /** What happens, for the person reading along. */
    String title();

    /**
     * Acts and waits for what must become true.
     *
     * @return what was seen, in one line
     * @throws NotSeen when it did not become true in time
     * @throws IOException when a part of the stack could not be asked
     */
    String play(Story story) throws NotSeen, IOException, InterruptedException;

    /** What had to be seen and was not. */
    final class NotSeen extends Exception {

        private static final long serialVersionUID = 1L;

        NotSeen(String message) {
            super(message);
        }
    }
}
