/** HTTP/1.1 over blocking sockets: connections, their pool and what goes over them, on the thread that reads. */
@NullMarked
package dev.patchbay.internal.http.socket;

import org.jspecify.annotations.NullMarked;
