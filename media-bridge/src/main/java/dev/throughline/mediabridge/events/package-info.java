/**
 * The bridge and {@code channel-events-v1}: turns, conversation boundaries and the call's quality go out, news of the lead on other
 * channels comes in. Publishing never blocks a call; what a full buffer or a crash takes, {@code conversation.analysed} repairs.
 */
@NullMarked
package dev.throughline.mediabridge.events;

import org.jspecify.annotations.NullMarked;
