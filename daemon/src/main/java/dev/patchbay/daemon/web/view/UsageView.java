package dev.patchbay.daemon.web.view;

import java.util.List;

/**
 * What calls came to.
 *
 * @param days how many are shown
 * @param bars the days, oldest first, as they are drawn
 * @param most what the highest bar stands for
 * @param tables by day, provider and model
 */
public record UsageView(int days, List<Bar> bars, String most, List<Table> tables) {

    /**
     * A day as it is drawn, in the units of the drawing.
     *
     * @param failed how much of its height are calls that failed
     * @param label under it, empty for most
     */
    public record Bar(int x, int width, int height, int failed, String title, String label) {}

    /** Sums of one kind. */
    public record Table(String name, String heading, List<Line> lines) {}

    /**
     * One sum; what is not known is a dash.
     *
     * @param share of the calls, from 0 to 100
     */
    public record Line(
            String group,
            String calls,
            int share,
            String failed,
            String tokensIn,
            String tokensOut,
            String cost,
            String firstToken) {}
}
