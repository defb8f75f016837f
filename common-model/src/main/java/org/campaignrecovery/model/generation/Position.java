package org.campaignrecovery.model.generation;

/**
 * Where a ledger stands in its own history.
 *
 * @param incarnation random, made with the ledger: another one is another ledger
 * @param generation rises every few seconds as long as an api works, and never falls unless the ledger is restored from a backup
 */
public record Position(String incarnation, long generation) {

    /** The later of two positions of one ledger. What another ledger has reached says nothing about this one. */
    public Position later(Position other) {
        return other != null && other.incarnation.equals(incarnation) && other.generation > generation ? other : this;
    }
}
