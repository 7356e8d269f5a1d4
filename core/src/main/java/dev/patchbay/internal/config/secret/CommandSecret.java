package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.template.PastedValueCleanup;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A secret that a command prints (provider-files.md, section 2, secret forms).
 *
 * <p>What it printed is kept in memory for a time; whoever asks while it runs waits for that run. A run that failed is not
 * kept. Messages name the command, never its arguments or what it printed.
 */
final class CommandSecret implements SecretValue {

    private final CommandRun command;
    private final String name;
    private final Duration ttl;
    private final Location location;
    private @Nullable Secret known;
    private long knownSince;
    private @Nullable CompletableFuture<Secret> running;

    /**
     * A command that runs when it is needed.
     *
     * @param argv the program and its arguments, as they are: there is no shell
     * @param ttl how long what it printed is used
     * @param timeout after which it is ended
     */
    CommandSecret(List<String> argv, Duration ttl, Duration timeout, Location location) {
        this.command = new CommandRun(argv, timeout);
        this.name = argv.get(0);
        this.ttl = ttl;
        this.location = location;
    }

    @Override
    public SecretRef reference() {
        return new SecretRef("command", name);
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public Secret resolve() {
        CompletableFuture<Secret> run;
        synchronized (this) {
            if (known != null && System.nanoTime() - knownSince < ttl.toNanos()) {
                return known;
            }
            run = running == null ? start() : running;
        }
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(ProviderException.Kind.CANCELLED, "interrupted while " + name + " ran");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /** Forgets what the command printed, if that is what was refused, so that it runs again. */
    @Override
    public synchronized boolean renew(Secret refused) {
        if (known == refused) {
            known = null;
        }
        return true;
    }

    /** On a thread of its own: whoever asked first may go away, and the others still wait. */
    private CompletableFuture<Secret> start() {
        CompletableFuture<Secret> run = new CompletableFuture<>();
        running = run;
        Thread thread = new Thread(() -> run(run), "patchbay-secret");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    private void run(CompletableFuture<Secret> run) {
        try {
            Secret secret = Secret.of(key(command.run()));
            synchronized (this) {
                known = secret;
                knownSince = System.nanoTime();
                running = null;
            }
            run.complete(secret);
        } catch (Throwable failure) {
            synchronized (this) {
                running = null;
            }
            run.completeExceptionally(failure);
        }
    }

    private static String key(String printed) throws CommandFailure {
        String key = PastedValueCleanup.strip(printed);
        if (key.isEmpty()) {
            throw new CommandFailure("printed nothing", "it has to print the key to its standard output");
        }
        if (key.lines().count() > 1) {
            throw new CommandFailure("printed more than one line", "it has to print the key and nothing else");
        }
        KeyRules.Problem problem = KeyRules.problem(key).orElse(null);
        if (problem != null) {
            throw new CommandFailure("printed a key that " + problem.words(), problem.help());
        }
        return key;
    }

    private ProviderException failure(@Nullable Throwable cause) {
        CommandFailure failure = cause instanceof CommandFailure told
                ? told
                : new CommandFailure("could not be run", "run it by hand to see why");
        return failure.toException(name, location);
    }

    @Override
    public String toString() {
        return "secret " + reference() + " at " + location;
    }
}
