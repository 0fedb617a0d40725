/**
 * Who a lead is. Identity needs no look-up: every service computes the same {@code LeadId} from a webhook, because the id
 * is a UUIDv5 over tenant, kind of address and the normalised address.
 */
@NullMarked
package dev.throughline.events.lead;

import org.jspecify.annotations.NullMarked;
