/** What can be done with sessions and providers, for the API and the page alike. */
@NullMarked
package dev.patchbay.daemon.service;

import org.jspecify.annotations.NullMarked;
