/** What tests of Patchbay and of its plugins need: a provider that misbehaves on request, a contract for dialects, golden files. */
@NullMarked
package dev.patchbay.testkit;

import org.jspecify.annotations.NullMarked;
