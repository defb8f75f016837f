package org.campaignrecovery.model.planning;

/**
 * The pages that a planner has behind it: which one comes next, the position in the audience behind which it begins, and how many batches
 * the pages before it have. Whoever passes over the same pages stands at the same place, whatever it has read itself.
 *
 * @param after null at the beginning
 * @param <P> a position in the audience
 */
public record PassedPages<P>(int next, P after, long batches) {

    public static <P> PassedPages<P> none() {
        return new PassedPages<>(0, null, 0);
    }

    /**
     * With all the pages before one, which says so itself: whoever froze it had passed over them.
     *
     * @param from where the page begins
     */
    public static <P> PassedPages<P> before(int page, P from, long batches) {
        return new PassedPages<>(page, from, batches);
    }

    /**
     * With a page that is planned.
     *
     * @param to where the page ends, as its slot says it
     * @param itsBatches how many batches it has
     */
    public PassedPages<P> and(int page, P to, int itsBatches) {
        return new PassedPages<>(page + 1, to, batches + itsBatches);
    }

    /** What is to be frozen next: the end is a page of its own, in the slot that a planner who wakes late would need. */
    public static PageState toFreeze(boolean nothingLeft) {
        return nothingLeft ? PageState.END : PageState.PLANNING;
    }
}
