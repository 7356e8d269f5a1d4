package dev.patchbay.probe;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model as its provider lists it.
 *
 * @param id the name on the wire
 * @param name for people
 * @param context most tokens of input and output together, where the provider says so
 */
public record OfferedModel(String id, Optional<String> name, OptionalInt context) {}
