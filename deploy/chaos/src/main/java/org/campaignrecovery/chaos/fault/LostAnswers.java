package org.campaignrecovery.chaos.fault;

/** The ledger carries out what a worker asks, and the answer is lost with its connection: a number of times. */
record LostAnswers() implements Fault {
    private static final int LEAST = 5;
    private static final int MOST = 15;

    @Override
    public void strike(Play play) {
        play.stage().proxy().ifPresent(proxy -> {
            int cuts = play.between(LEAST, MOST);
            play.timeline().note("%d answers of the ledger will be lost", cuts);
            proxy.cut(cuts);
        });
    }
}
