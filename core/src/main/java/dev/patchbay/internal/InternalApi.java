package dev.patchbay.internal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what is public for Patchbay's own modules alone: no part of the API, and it may change with any version.
 *
 * <p>Nothing else in a public package names a type that bears it, or one below {@code dev.patchbay.internal}
 * (docs/compatibility.md).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface InternalApi {}
