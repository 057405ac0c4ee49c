package org.stillpoint.walls;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import org.stillpoint.transaction.CallerTransaction;

/** A feature whose author has forgotten every WHERE. */
@Path("/v1/trial/forgotten-where")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Authenticated
@CallerTransaction
public class ForgottenWhereResource {
  private final EntityManager entities;

  ForgottenWhereResource(EntityManager entities) {
    this.entities = entities;
  }

  /** How many rows of each table the caller would get. */
  @GET
  public Map<String, Long> everything() {
    Map<String, Long> rows = new TreeMap<>();
    for (Object table :
        entities
            .createNativeQuery(
                "select relname::text from pg_class where relrowsecurity order by 1", String.class)
            .getResultList()) {
      Object count =
          entities.createNativeQuery("select count(*) from " + table, Long.class).getSingleResult();
      rows.put((String) table, (Long) count);
    }
    return rows;
  }
}
