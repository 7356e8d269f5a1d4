/** {@code patchbay doctor}: what a report of a mistake needs, and what is wrong on this machine. */
@NullMarked
package dev.patchbay.cli.doctor;

import org.jspecify.annotations.NullMarked;
