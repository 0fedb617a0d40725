/** Requests of one of our services to another, at the doors the ingress does not lead to. */
@NullMarked
package dev.throughline.platform.service;

import org.jspecify.annotations.NullMarked;
