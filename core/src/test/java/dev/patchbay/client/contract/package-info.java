/** What every way to ask a model in process must stand: clients and the adapters for frameworks. */
@NullMarked
package dev.patchbay.client.contract;

import org.jspecify.annotations.NullMarked;
