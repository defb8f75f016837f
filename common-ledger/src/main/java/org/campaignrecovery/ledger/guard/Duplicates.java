package org.campaignrecovery.ledger.guard;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;

/** Tells "somebody has inserted it already" from a failure. */
public final class Duplicates {

    private Duplicates() {
    }

    public static boolean isDuplicateKey(Throwable failure) {
        return failure instanceof MongoWriteException write
                && ErrorCategory.fromErrorCode(write.getError().getCode()) == ErrorCategory.DUPLICATE_KEY;
    }
}
