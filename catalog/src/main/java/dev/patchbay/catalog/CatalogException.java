package dev.patchbay.catalog;

/** Data is no catalogue; the message says which part of it is not. */
public final class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and where */
    public CatalogException(String message) {
        super(message);
    }
}
