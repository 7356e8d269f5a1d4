/** What chat models make of answers from public bug reports. */
@NullMarked
package dev.patchbay.integration.inputs;

import org.jspecify.annotations.NullMarked;
