/**
 * Examines a running set-up: whether the public address leads to every service and its signatures hold, whether the credentials may do what
 * they must, and whether the providers are as provisioning wants them. Invariant: it changes nothing, and every fault has its cure.
 */
@NullMarked
package dev.throughline.tools.doctor;

import org.jspecify.annotations.NullMarked;
