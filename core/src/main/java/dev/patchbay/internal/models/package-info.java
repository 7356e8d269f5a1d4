/** What is known of models: what a name means, which models a provider has, and their limits. */
@NullMarked
package dev.patchbay.internal.models;

import org.jspecify.annotations.NullMarked;
