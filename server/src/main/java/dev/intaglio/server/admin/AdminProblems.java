package dev.intaglio.server.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Answers problems (RFC 9457) where the framework would send a page: to paths there are not, methods and media types that are
/// not taken, parameters that cannot be read. Everywhere else it keeps out.
///
/// @param others whether it answers for everything nobody else did
record AdminProblems(String adminPath, boolean others) implements HandlerExceptionResolver {
    private static final Logger LOG = LoggerFactory.getLogger(AdminProblems.class);

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        var path = request.getServletPath();
        if (!path.equals(adminPath) && !path.startsWith(adminPath + "/")) {
            return null;
        }
        if (failure instanceof ErrorResponse known) {
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            var status = known.getStatusCode().value();
            return answered(response, status, detail(status));
        }
        if (!others) {
            return null;
        }
        LOG.error("A request to the admin interface failed", failure);
        return answered(response, 500, "this is a fault of the server's; its log says more");
    }

    /// Without what came, which may be anything.
    private static String detail(int status) {
        return switch (status) {
            case 404 -> "there is nothing here; GET /admin/v1/openapi.json says what there is";
            case 405 -> "there is something here, and it does not take this method; Allow says which";
            case 406 -> "nothing here has the media type that was asked for";
            case 415 -> "the body is not of a media type that is taken here: send application/json";
            default -> "a parameter is missing or cannot be read; GET /admin/v1/openapi.json says which there are";
        };
    }

    private static ModelAndView answered(HttpServletResponse response, int status, String detail) {
        try {
            var known = HttpStatus.resolve(status);
            Problem.write(response, status, known == null ? "Error" : known.getReasonPhrase(), detail);
            return new ModelAndView();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
