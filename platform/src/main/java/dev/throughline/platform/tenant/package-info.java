/**
 * Who the tenants are and who may act for them. The directory is materialised from {@code tenants-v1} in memory, so a call needs no
 * look-up over the network. Tool secrets and operator tokens each name one tenant; a request for another is refused.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.tenant;
