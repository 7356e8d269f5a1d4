package dev.patchbay.internal.route;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Origin;
import java.net.URI;

/**
 * Where one operation is, and how to prove there who is calling.
 *
 * @param url the whole URL but for query members that hold a secret
 * @param origin of that URL; the credential goes to no other
 * @param auth {@link Auth#NONE} where the provider's credential does not belong to that origin
 * @param atBase whether the origin is that of the provider's base URL, so that its secret headers and query members may
 *     go there
 */
public record OperationTarget(URI url, Origin origin, Auth auth, boolean atBase) {}
