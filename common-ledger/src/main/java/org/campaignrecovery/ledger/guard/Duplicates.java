package org.campaignrecovery.ledger.guard;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;

/** Tells "somebody has inserted it already" from a failure. */
public final class Duplicates {

    private Duplicates() {
    }

    public static boolean isDuplicateKey(Throwable failure) {
        return failure instanceof MongoWriteException write
                && ErrorCategory.fromErrorCode(write.getError().getCode()) == ErrorCategory.DUPLICATE_KEY;
    }

    /** Of an unordered insertion of many: whatever was not inserted is there already, and the rest was. */
    public static boolean areAllDuplicateKeys(Throwable failure) {
        return failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }
}
