package dev.patchbay.gateway;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds.
 *
 * @param heap bytes that outlive a collection
 * @param direct bytes of buffers outside the heap
 * @param files open files and connections; 0 where the system does not say
 */
record Memory(long heap, long direct, long files) {

    static Memory now() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Memory(heap, Math.max(direct, PlatformDependent.usedDirectMemory()), openFiles());
    }

    /** What came since then. */
    Memory since(Memory before) {
        return new Memory(heap - before.heap, direct - before.direct, files - before.files);
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }
}
