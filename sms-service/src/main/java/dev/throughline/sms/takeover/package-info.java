/**
 * A human who answers a lead's texts in the agent's place. While it lasts the agent is silent, also with an answer it was just making;
 * texts that come wait. Given back, the agent answers what is newer than the human's last word, knowing all that was said. Publishes
 * {@code operator.took-over} and {@code operator.gave-back}.
 */
@NullMarked
package dev.throughline.sms.takeover;

import org.jspecify.annotations.NullMarked;
