package dev.patchbay.codec;

/**
 * How a dialect asks for the next page of its list of models, whose answers say {@code has_more} and {@code last_id}.
 *
 * @param sizeParameter of the query: how many models a page may hold
 * @param size the most that servers give
 * @param afterParameter of the query: the last id of the page before
 */
public record ModelPaging(String sizeParameter, int size, String afterParameter) {}
