package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.TestIssuer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;

@DisplayName("The OpenAPI document says what the controllers do")
class OpenApiTest {
    @TempDir
    private static Path directory;

    private static TestIssuer issuer;
    private static JsonObject document = JsonObject.empty();

    @BeforeAll
    static void start() throws IOException {
        issuer = TestIssuer.start(directory);
        try (var file = new ClassPathResource(OpenApiController.DOCUMENT).getInputStream()) {
            document = Json.readObject(file.readAllBytes(), JsonLimits.DOCUMENT);
        }
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    /// @param members of the JSON object the controller reads; empty if it reads none
    private record Operation(HandlerMethod handler, Set<String> members) {}

    /// By `get /admin/v1/…`. Pages for people are not part of the interface.
    private static Map<String, Operation> operations() throws Exception {
        var operations = new TreeMap<String, Operation>();
        for (var controller : controllers()) {
            for (var method : controller.getDeclaredMethods()) {
                var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping == null || Arrays.asList(mapping.produces()).contains("text/html")) {
                    continue;
                }
                var paths = Arrays.stream(mapping.path())
                        .filter(path -> path.startsWith("/admin/v1/"))
                        .toList();
                assertThat(paths).as("the path under /admin/v1 of " + method).hasSize(1);
                assertThat(mapping.method()).as("the HTTP method of " + method).hasSize(1);
                operations.put(
                        mapping.method()[0].name().toLowerCase(Locale.ROOT) + " " + paths.getFirst(),
                        new Operation(new HandlerMethod(new Object(), method), members(controller, method)));
            }
        }
        return operations;
    }

    private static List<Class<?>> controllers() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        var controllers = new ArrayList<Class<?>>();
        for (var found : scanner.findCandidateComponents("dev.intaglio.server.admin")) {
            controllers.add(Class.forName(found.getBeanClassName()));
        }
        return controllers;
    }

    /// A body is read where the method takes the request and reading it may fail; its members are the controller's `MEMBERS`, or those of an order.
    private static Set<String> members(Class<?> controller, Method method) throws Exception {
        if (!List.of(method.getParameterTypes()).contains(HttpServletRequest.class)
                || !List.of(method.getExceptionTypes()).contains(IOException.class)) {
            return Set.of();
        }
        var holder = controller == AdminController.class ? OfferOrder.class : controller;
        var field = holder.getDeclaredField("MEMBERS");
        field.setAccessible(true);
        return ((Set<?>) field.get(null)).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonObject documented(String operation) {
        var parts = operation.split(" ");
        return document.object("paths").object(parts[1]).object(parts[0]);
    }

    @Test
    @DisplayName("each path and method, and no other")
    void operationsAreThere() throws Exception {
        var documented = new TreeSet<String>();
        document.object("paths")
                .members()
                .keySet()
                .forEach(path -> document.object("paths")
                        .object(path)
                        .members()
                        .keySet()
                        .forEach(method -> documented.add(method + " " + path)));
        assertThat(documented).isEqualTo(operations().keySet());
    }

    @Test
    @DisplayName("each parameter with its place and default, each member of each body, each scope")
    void parameters() throws Exception {
        for (var entry : operations().entrySet()) {
            var written = documented(entry.getKey());
            var documentedParameters = new TreeSet<String>();
            for (var parameter : written.optionalObjects("parameters").orElse(List.of())) {
                if (!parameter.string("in").equals("header")) {
                    documentedParameters.add(parameter.string("in") + " " + parameter.string("name") + " "
                            + parameter.object("schema").members().getOrDefault("default", ""));
                }
            }
            assertThat(documentedParameters)
                    .as(entry.getKey())
                    .isEqualTo(parameters(entry.getValue().handler()));
            var members = written.optionalObject("requestBody")
                    .map(body -> schema(body.object("content").object("application/json")))
                    .map(schema ->
                            Set.copyOf(schema.object("properties").members().keySet()))
                    .orElse(Set.of());
            assertThat(members)
                    .as("the body of " + entry.getKey())
                    .isEqualTo(entry.getValue().members());
            var scopes = written.objects("security").stream()
                    .filter(way -> way.has("oauth"))
                    .flatMap(way -> way.strings("oauth").stream())
                    .toList();
            var method = entry.getValue().handler().getMethod();
            var scope = Stream.of(
                            method.getAnnotation(AdminScope.class),
                            method.getDeclaringClass().getAnnotation(AdminScope.class))
                    .filter(Objects::nonNull)
                    .map(AdminScope::value)
                    .findFirst()
                    .orElse(AdminCallers.ALL);
            assertThat(scopes).as("the scope of " + entry.getKey()).containsExactly(scope);
        }
    }

    private static Set<String> parameters(HandlerMethod handler) {
        var parameters = new TreeSet<String>();
        for (var parameter : handler.getMethod().getParameters()) {
            if (parameter.isAnnotationPresent(PathVariable.class)) {
                parameters.add("path " + parameter.getName() + " ");
            }
            var query = parameter.getAnnotation(RequestParam.class);
            if (query != null) {
                parameters.add("query " + parameter.getName() + " "
                        + query.defaultValue().replace(ValueConstants.DEFAULT_NONE, ""));
            }
        }
        return parameters;
    }

    private static JsonObject schema(JsonObject content) {
        return resolved(content.object("schema"));
    }

    private static JsonObject resolved(JsonObject schema) {
        return schema.optionalString("$ref")
                .map(reference -> document.object("components")
                        .object("schemas")
                        .object(reference.substring(reference.lastIndexOf('/') + 1)))
                .orElse(schema);
    }

    @Test
    @DisplayName("what is answered has the members that are written, and all that must be there")
    void answers() throws Exception {
        for (var operation : operations().keySet()) {
            if (operation.startsWith("get ") && !operation.contains("{")) {
                var path = operation.substring(4);
                var response = issuer.send(issuer.admin(Request.get(issuer.at(path))));
                if (response.status() == 200 && response.mediaType().equals("application/json")) {
                    check(operation, response, "200");
                }
            }
        }
        var order = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(TestIssuer.DIPLOMA))
                .put("tx_code", true)
                .build();
        check("post /admin/v1/offers", post("/admin/v1/offers", order), "201");
        check("post /admin/v1/offers", post("/admin/v1/offers", JsonObject.empty()), "default");
        check(
                "post /admin/v1/erasures",
                post(
                        "/admin/v1/erasures",
                        JsonObject.builder().put("subject", "nobody").build()),
                "200");
        check("post /admin/v1/keys/{use}/stage", post("/admin/v1/keys/metadata/stage", JsonObject.empty()), "200");
        check(
                "post /admin/v1/keys/{use}/rollback",
                post("/admin/v1/keys/metadata/rollback", JsonObject.empty()),
                "409");
    }

    private static Response post(String path, JsonObject order) {
        return issuer.send(issuer.admin(Request.post(issuer.at(path), order)));
    }

    private static void check(String operation, Response response, String status) {
        if (!status.equals("default")) {
            assertThat(response.status())
                    .as(operation + ": " + response.bodyText())
                    .isEqualTo(Integer.parseInt(status));
        }
        var content = documented(operation).object("responses").object(status).object("content");
        fits(operation, response.bodyObject(), schema(content.object(response.mediaType())));
    }

    private static void fits(String where, JsonObject value, JsonObject schema) {
        if (!schema.has("properties")) {
            return;
        }
        var properties = schema.object("properties");
        assertThat(properties.members().keySet())
                .as(where)
                .containsAll(value.members().keySet());
        assertThat(value.members().keySet()).as(where).containsAll(schema.strings("required"));
        value.members().forEach((name, member) -> {
            var inner = resolved(properties.object(name));
            if (member instanceof Map<?, ?> object) {
                fits(where + "." + name, JsonObject.of(object), inner);
            } else if (member instanceof List<?> list
                    && inner.optionalObject("items").isPresent()) {
                for (var item : list) {
                    if (item instanceof Map<?, ?> object) {
                        fits(where + "." + name, JsonObject.of(object), resolved(inner.object("items")));
                    }
                }
            }
        });
    }
}
