/**
 * Sets the providers up for a tenant from its record. {@link dev.throughline.tools.provisioning.Wishes} says what shall be there, a
 * {@link dev.throughline.tools.provisioning.Shelf} per kind of thing says what is, and
 * {@link dev.throughline.tools.provisioning.ProvisioningRun} makes the one from the other, step by step. Invariants: what is already so is not
 * touched; a run that broke off is continued by the next; no secret is in a plan, an answer or a log.
 */
@NullMarked
package dev.throughline.tools.provisioning;

import org.jspecify.annotations.NullMarked;
