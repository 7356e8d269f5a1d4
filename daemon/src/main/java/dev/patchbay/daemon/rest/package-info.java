/** The REST API: requests in JSON, checked and handed on, and every answer in one shape. */
@NullMarked
package dev.patchbay.daemon.rest;

import org.jspecify.annotations.NullMarked;
