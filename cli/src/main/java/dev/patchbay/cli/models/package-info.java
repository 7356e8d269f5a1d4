/** Commands about models beyond one provider's: what the catalogue knows, and a newer edition of it. */
@NullMarked
package dev.patchbay.cli.models;

import org.jspecify.annotations.NullMarked;
