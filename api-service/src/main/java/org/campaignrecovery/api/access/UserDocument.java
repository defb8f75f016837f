package org.campaignrecovery.api.access;

import java.time.Instant;
import java.util.Set;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Somebody who may log in.
 *
 * @param username as it is typed
 * @param passwordHash bcrypt
 * @param sessionEpoch rises with a new password: sessions of an older one end
 */
@MongoEntity(collection = UserDocument.COLLECTION)
public record UserDocument(@BsonId String username, String passwordHash, Set<Role> roles, boolean enabled, int sessionEpoch,
        Instant createdAt, Instant updatedAt) {
    public static final String COLLECTION = "users";
}
