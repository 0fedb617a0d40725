/**
 * Finds what a customer said to the questions of an outbound call: in what the provider collected, else in the transcript. Pure.
 * Invariant: a call's answers are told once, under an id that follows from the call alone, and depend on nothing but its events.
 */
@NullMarked
package dev.throughline.context.questions;

import org.jspecify.annotations.NullMarked;
