package dev.patchbay.session;

import dev.patchbay.spi.Secret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that sessions were given: in memory those of the sessions that asked for them last, and in a store that keeps them. Safe for
 * use by several threads.
 */
final class GivenKeys {

    private static final Logger LOG = System.getLogger(GivenKeys.class.getName());

    private static final int MOST = 1_000;

    /** In the place of a key that is not here any more. */
    private static final Secret GONE = Secret.of("gone");

    private final SessionStore store;
    private final Map<String, Secret> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Secret> eldest) {
            return size() > MOST;
        }
    };

    GivenKeys(SessionStore store) {
        this.store = store;
    }

    /** The settings of a session, with its key if it was given one. */
    SessionSettings settings(SessionRecord session) {
        if (!session.hasApiKey()) {
            return session.settings();
        }
        return session.settings().withKey(known(session.id()).orElse(GONE));
    }

    private Optional<Secret> known(String sessionId) {
        synchronized (keys) {
            Secret key = keys.get(sessionId);
            if (key != null) {
                return Optional.of(key);
            }
        }
        try {
            return store.key(sessionId);
        } catch (SessionStoreException failure) {
            LOG.log(Level.WARNING, "the key of a session cannot be read from the store", failure);
            return Optional.empty();
        }
    }

    /**
     * Keeps the key of settings, if they have one, and forgets the one before it.
     *
     * @return whether there is a key that was not kept before
     */
    private boolean remember(String sessionId, SessionSettings settings) {
        synchronized (keys) {
            if (settings.proxyApiKey().isEmpty()) {
                keys.remove(sessionId);
                return false;
            }
            if (isGoneKey(settings)) {
                return false;
            }
            Secret key = settings.proxyApiKey().get();
            return !key.equals(keys.put(sessionId, key));
        }
    }

    /** The same in the store too, which has the session: one that does not take the key leaves it in memory. */
    void keep(String sessionId, SessionSettings settings) {
        boolean changed = remember(sessionId, settings);
        try {
            if (changed) {
                store.keepKey(sessionId, settings.proxyApiKey().orElseThrow());
            } else if (settings.proxyApiKey().isEmpty()) {
                store.forgetKey(sessionId);
            }
        } catch (SessionStoreException failure) {
            LOG.log(Level.WARNING, "the store did not take the key of a session, which stays in memory", failure);
        }
    }

    void forget(String sessionId) {
        synchronized (keys) {
            keys.remove(sessionId);
        }
    }

    /** The settings as if their key were there. */
    static SessionSettings awaited(SessionSettings settings) {
        return settings.withKey(GONE);
    }

    /** Whether settings need a key that is not here any more. */
    static boolean isGone(SessionSettings settings) {
        return settings.proxyEnabled() && isGoneKey(settings);
    }

    /** Whether their key stands for one that is not here any more. */
    @SuppressWarnings("ReferenceEquality") // It stands for no key, whatever its text.
    static boolean isGoneKey(SessionSettings settings) {
        return settings.proxyApiKey().filter(key -> key == GONE).isPresent();
    }
}
