package org.campaignrecovery.local.demo;

import org.campaignrecovery.local.client.RunProgress;

/** How far a run is, redrawn in place on a terminal, a line every two seconds elsewhere. */
final class ProgressBar {
    private static final int WIDTH = 40;
    private static final long LINE_EVERY_NANOS = 2_000_000_000L;

    private final boolean terminal = System.console() != null;
    private final long start = System.nanoTime();
    private long lastLine;
    private String last = "";

    void show(RunProgress run) {
        String line = line(run);
        long now = System.nanoTime();
        if (terminal) {
            System.out.print("\r" + line + " ".repeat(Math.max(0, last.length() - line.length())));
            System.out.flush();
        } else if (!line.equals(last) && (lastLine == 0 || now - lastLine > LINE_EVERY_NANOS || run.isOver())) {
            System.out.println(line);
            lastLine = now;
        }
        last = line;
    }

    /** So that the next line of text starts on a line of its own. */
    void interrupt() {
        if (terminal && !last.isEmpty()) {
            System.out.println();
            last = "";
        }
    }

    private String line(RunProgress run) {
        int planned = run.planned("email") + run.planned("sms");
        int closed = run.closed("email") + run.closed("sms");
        int filled = planned == 0 ? 0 : (int) ((long) WIDTH * closed / planned);
        return String.format("  [%s%s] e-mail %,d/%,d  SMS %,d/%,d  %s  %d s", "#".repeat(filled), ".".repeat(WIDTH - filled),
                run.closed("email"), run.planned("email"), run.closed("sms"), run.planned("sms"), run.status(),
                (System.nanoTime() - start) / 1_000_000_000L);
    }
}
