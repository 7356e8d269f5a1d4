package dev.patchbay.workbench.probe;

/** Counts the calls of a provider's API, and keeps to what was announced. Used by one thread. */
final class CallBudget {

    private final int planned;
    private final int mostTrials;
    private final boolean renewable;
    private int made;
    private int trials;

    /**
     * Nothing was called yet.
     *
     * @param planned calls if nothing is refused
     * @param mostTrials how often a refused question may be asked again, over the whole test
     * @param renewable whether a refused key is looked up anew, which makes a call of its own
     */
    CallBudget(int planned, int mostTrials, boolean renewable) {
        this.planned = planned;
        this.mostTrials = mostTrials;
        this.renewable = renewable;
    }

    /** The calls of a test in which nothing is refused. */
    int planned() {
        return planned;
    }

    /** The most calls there can be. */
    int atMost() {
        return (planned + mostTrials) * (renewable ? 2 : 1);
    }

    int count() {
        return made;
    }

    void made() {
        made++;
    }

    boolean mayTry() {
        return trials < mostTrials;
    }

    void trying() {
        trials++;
    }
}
