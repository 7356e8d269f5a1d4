/** Files that go along with a question. */
@NullMarked
package dev.patchbay.internal.attach;

import org.jspecify.annotations.NullMarked;
