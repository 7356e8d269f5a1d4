@NullMarked
package dev.patchbay.integration;

import org.jspecify.annotations.NullMarked;
