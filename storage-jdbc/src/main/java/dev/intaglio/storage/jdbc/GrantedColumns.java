package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The columns that codes and refresh tokens share: what was granted, to whom.
final class GrantedColumns {
    private GrantedColumns() {}

    static GrantedAuthorization read(ResultSet row) throws SQLException {
        return new GrantedAuthorization(
                row.getString("authorization_id"),
                row.getString("subject"),
                row.getString("client_id"),
                scopes(row.getString("scopes")),
                details(row.getString("authorization_details")));
    }

    static String scopes(GrantedAuthorization granted) {
        return Json.writeString(List.copyOf(granted.scopes()));
    }

    static String details(GrantedAuthorization granted) {
        return Json.writeString(granted.authorizationDetails().stream()
                .map(AuthorizationDetail::write)
                .toList());
    }

    private static Set<String> scopes(String json) {
        var scopes = new TreeSet<String>();
        JsonColumns.array(json).forEach(value -> scopes.add((String) value));
        return scopes;
    }

    private static List<AuthorizationDetail> details(String json) {
        var details = new ArrayList<AuthorizationDetail>();
        JsonColumns.array(json)
                .forEach(value -> details.add(AuthorizationDetail.read(JsonObject.of((Map<?, ?>) value))));
        return details;
    }
}
