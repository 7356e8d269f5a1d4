import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/** Measures one library with one load: {@code start URL} or {@code load URL MODEL TOOLS WARM-UP CALLS}. */
final class Measure {

    private Measure() {}

    public static void main(String[] arguments) throws Exception {
        Caller caller = (Caller) Class.forName("Library").getConstructor(String.class).newInstance(arguments[1]);
        try (caller) {
            if (arguments[0].equals("start")) {
                start(caller);
            } else {
                load(
                        caller,
                        arguments[2],
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]));
            }
        }
        System.exit(0);
    }

    /** Milliseconds from the start of the process to the first text. */
    private static void start(Caller caller) throws Exception {
        Instant[] first = new Instant[1];
        caller.stream("chunks-20", 0, () -> first[0] = Instant.now());
        Instant begin = ProcessHandle.current().info().startInstant().orElseThrow();
        System.out.println(Duration.between(begin, first[0]).toMillis());
    }

    private static void load(Caller caller, String model, int tools, int warmUp, int calls) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int before = threads.getThreadCount();
        // As fast as it goes, since code is compiled by how often it ran.
        run(caller, model.replace("paced-", ""), tools, warmUp);
        run(caller, model, tools, 1);
        long cpu = system.getProcessCpuTime();
        long bytes = threads.getTotalThreadAllocatedBytes();
        run(caller, model, tools, calls);
        cpu = system.getProcessCpuTime() - cpu;
        bytes = threads.getTotalThreadAllocatedBytes() - bytes;
        System.out.printf(
                "%d %d %d%n", cpu / calls / 1000, bytes / calls / 1000, threads.getPeakThreadCount() - before);
    }

    private static void run(Caller caller, String model, int tools, int calls) throws Exception {
        int expected = 7 * Integer.parseInt(model.substring(model.lastIndexOf('-') + 1));
        for (int i = 0; i < calls; i++) {
            int came = caller.stream(model, tools, () -> {});
            if (came != expected) {
                throw new IllegalStateException(came + " characters instead of " + expected);
            }
        }
    }
}
