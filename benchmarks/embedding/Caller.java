/** A library under measurement: {@code Library} in the folder of each, with a constructor that takes the base URL. */
public interface Caller extends AutoCloseable {

    /**
     * Asks for a stream and reads it to its end.
     *
     * @param model tells the upstream what to answer
     * @param tools how many are offered
     * @param first called with the first piece of text
     * @return how many characters of text came
     */
    int stream(String model, int tools, Runnable first) throws Exception;

    @Override
    default void close() throws Exception {}
}
