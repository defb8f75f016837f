package org.campaignrecovery.model.planning;

/**
 * Where a planner stands: the page that comes next, the position in the audience behind which it begins, and how many batches the pages
 * before it have. Whoever passes over the same pages stands at the same place, whatever it has read itself.
 *
 * @param after null at the beginning
 * @param <P> a position in the audience
 */
public record Course<P>(int next, P after, long batches) {

    public static <P> Course<P> start() {
        return new Course<>(0, null, 0);
    }

    /**
     * Behind a page that is planned.
     *
     * @param to where the page ends, as its slot says it
     * @param itsBatches how many batches it has
     */
    public Course<P> past(int page, P to, int itsBatches) {
        return new Course<>(page + 1, to, batches + itsBatches);
    }

    /** What is to be frozen next: the end is a page of its own, in the slot that a planner who wakes late would need. */
    public static PageState toFreeze(boolean nothingLeft) {
        return nothingLeft ? PageState.END : PageState.PLANNING;
    }
}
