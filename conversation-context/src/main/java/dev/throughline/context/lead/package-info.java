/**
 * The read model: leads as a list and one by one, their timeline and their context at any instant, for operators (JWT) and for
 * the other services (service token). Reads the tables the projection writes. Invariant: every query carries the tenant, and
 * another tenant's lead does not exist (404).
 */
@NullMarked
package dev.throughline.context.lead;

import org.jspecify.annotations.NullMarked;
