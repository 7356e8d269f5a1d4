/** Patchbay in a Spring Boot application. */
@NullMarked
package dev.patchbay.springboot;

import org.jspecify.annotations.NullMarked;
