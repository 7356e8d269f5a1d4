package dev.patchbay.codec;

import dev.patchbay.spi.ProviderException;

/** A file that a request names by the id that another vendor's store gave it (dialects.md, P1 and VQ2). */
public final class StoredFile {

    private StoredFile() {}

    /**
     * The refusal: the provider cannot read it.
     *
     * @param place where the part stands in the request
     * @param id the file's
     * @param instead the member that takes the file itself
     */
    public static ProviderException refusal(String place, String id, String instead, String provider) {
        return Bodies.invalid(
                place + ".file_id: the file '" + id + "' is stored at the vendor that gave it this id, where provider '"
                        + provider + "' cannot read it; send the file itself as a data URL in " + instead);
    }
}
