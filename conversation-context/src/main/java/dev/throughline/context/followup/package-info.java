/**
 * What is done by itself for a lead: a missed call is texted back, an appointment reminded of, a customer called at the time somebody
 * promised. The live projection asks {@link dev.throughline.context.followup.FollowUps} what a batch of events schedules, cancels or raises, in
 * the batch's transaction; a worker of any replica does what is due through sms-service, telephony-gateway or the tenant's hook. Each is
 * told on {@code channel-events-v1} as follow-up.scheduled, .done or .skipped. Invariant: one rule and one cause make one follow-up, and
 * one follow-up asks other services under one key, with one body.
 */
@NullMarked
package dev.throughline.context.followup;

import org.jspecify.annotations.NullMarked;
