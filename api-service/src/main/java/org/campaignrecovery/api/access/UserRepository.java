package org.campaignrecovery.api.access;

import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.ReturnDocument;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The users. */
@ApplicationScoped
public class UserRepository implements GuardedRepository<UserDocument> {

    public Uni<Optional<UserDocument>> named(String username) {
        return findById(username).map(Optional::ofNullable);
    }

    /** False: the name is taken. */
    public Uni<Boolean> insert(UserDocument user) {
        return mongoCollection().insertOne(user).replaceWith(true)
                .onFailure(UserRepository::isDuplicate).recoverWithItem(false);
    }

    /** Empty: there is no such user. */
    public Uni<Optional<UserDocument>> replace(UserDocument user) {
        return mongoCollection().findOneAndReplace(eq("_id", user.username()), user,
                new FindOneAndReplaceOptions().returnDocument(ReturnDocument.AFTER)).map(Optional::ofNullable);
    }

    public Uni<List<UserDocument>> page(Paging paging) {
        return mongoCollection().find(paging.after() == null ? empty() : gt("_id", paging.after()),
                new FindOptions().sort(ascending("_id")).limit(paging.oneMore())).collect().asList();
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MongoWriteException write && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
