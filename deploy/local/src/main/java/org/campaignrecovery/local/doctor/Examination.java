package org.campaignrecovery.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/** What {@code GET /api/doctor} answered, for people at a terminal. */
record Examination(String status, String checkedAt, List<Check> checks) {
    private static final int WIDTH = 110;
    private static final String OK = "ok";
    private static final String FAILURE = "failure";

    /** @param recommendation empty when all is well */
    record Check(String name, String status, String finding, String recommendation) {
    }

    static Examination of(JsonNode report) {
        List<Check> checks = new ArrayList<>();
        report.path("checks").forEach(check -> checks.add(new Check(check.path("name").asText(), check.path("status").asText(),
                check.path("finding").asText(), check.path("recommendation").asText(""))));
        return new Examination(report.path("status").asText(), report.path("checkedAt").asText(), checks);
    }

    boolean failed() {
        return status.equals(FAILURE);
    }

    /** A row for each check, what to do below those that are not ok, and the sum. */
    String table() {
        int name = checks.stream().mapToInt(check -> check.name.length()).max().orElse(0);
        String indent = " ".repeat(FAILURE.length() + name + 4);
        StringBuilder table = new StringBuilder();
        checks.forEach(check -> {
            String mark = check.status.equals(OK) ? OK : check.status.toUpperCase(Locale.ROOT);
            table.append("%-7s  %-{name}s  ".replace("{name}", String.valueOf(Math.max(1, name))).formatted(mark, check.name))
                    .append(wrapped(check.finding, indent)).append('\n');
            if (!check.recommendation.isEmpty()) {
                table.append(indent).append(wrapped("-> " + check.recommendation, indent + "   ")).append('\n');
            }
        });
        return table.append("\n%s: %d ok, %d warning(s), %d failure(s), checked at %s%n".formatted(status, count(OK), count("warning"),
                count(FAILURE), checkedAt)).toString();
    }

    private long count(String wanted) {
        return checks.stream().filter(check -> check.status.equals(wanted)).count();
    }

    private static String wrapped(String text, String indent) {
        StringBuilder lines = new StringBuilder();
        int used = indent.length();
        for (String word : text.split(" ")) {
            if (used > indent.length() && used + word.length() > WIDTH) {
                lines.setLength(lines.length() - 1);
                lines.append('\n').append(indent);
                used = indent.length();
            }
            lines.append(word).append(' ');
            used += word.length() + 1;
        }
        return lines.toString().stripTrailing();
    }
}
