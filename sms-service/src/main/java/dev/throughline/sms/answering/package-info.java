/**
 * The agent's answers to texts. One lead is answered by one replica at a time; a text-only ElevenLabs conversation serves one
 * text or one burst, opened with the lead's whole context. Invariant: the reply and the end of the waiting are one transaction,
 * so a text is answered at most once and never forgotten.
 */
@NullMarked
package dev.throughline.sms.answering;

import org.jspecify.annotations.NullMarked;
