package dev.patchbay.codec;

import static java.util.Objects.requireNonNull;

/**
 * Where an operation of a dialect is, seen from a base URL (dialects.md, section 1.9).
 *
 * @param root what the path is below
 * @param path begins with a slash; {@code {model}} stands for the model's name as one segment
 */
public record OperationPath(Root root, String path) {

    /** What becomes of a base URL before the path is put behind it. */
    public enum Root {
        /** A base URL without a path gets {@code /v1} (U1); at Azure, what lies beside the deployments (U2). */
        OPENAI,
        /** As {@link #OPENAI}, but at Azure's older layout below the deployment of the model (U2). */
        OPENAI_DEPLOYMENT,
        /** A base URL that does not end in {@code /v1} gets it (U4). */
        ANTHROPIC,
        /** The base URL as it is. */
        BASE
    }

    public OperationPath {
        requireNonNull(root, "root is null");
        requireNonNull(path, "path is null");
    }
}
