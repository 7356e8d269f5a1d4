/** What happens in sessions, as frames for those who subscribe. */
@NullMarked
package dev.patchbay.daemon.event;

import org.jspecify.annotations.NullMarked;
