package org.campaignrecovery.ledger.startup;

import java.lang.reflect.Proxy;

import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.UpdateResult;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;

/** A probe of a database that filters before it updates, so that every one of several racing updates wins. */
public final class UnguardedDatabase {

    private UnguardedDatabase() {
    }

    public static GuardProbe probe() {
        ReactiveMongoCollection<?> collection = fake(ReactiveMongoCollection.class, method -> Uni.createFrom()
                .item(method.equals("updateOne") ? UpdateResult.acknowledged(1, 1L, null) : DeleteResult.acknowledged(1)));
        ReactiveMongoDatabase database = fake(ReactiveMongoDatabase.class, method -> collection);
        return new GuardProbe(fake(ReactiveMongoClient.class, method -> database), "campaigns", new BootId());
    }

    private static <T> T fake(Class<T> type, java.util.function.Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> answers.apply(method.getName())));
    }
}
