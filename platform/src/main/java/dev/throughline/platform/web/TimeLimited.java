package dev.throughline.platform.web;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource whose methods give a {@link io.smallrye.mutiny.Uni}: what is not answered within {@code throughline.web.time-limit} is
 * answered 503. A database that hangs, rather than refuses, would hold the request for ever. What was begun may still be completed, so
 * the work must bear a repeat.
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface TimeLimited {}
