/** Keeps sessions, their conversations and the calls they made in a SQLite file that several processes share. */
@NullMarked
package dev.patchbay.store;

import org.jspecify.annotations.NullMarked;
