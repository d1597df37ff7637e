package dev.intaglio.server.page;

import dev.intaglio.spring.IssuerIdentifier;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts pages and their files under the path of the issuer's identifier, where a proxy leads everything that is ours.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    private static final Duration ASSETS_FRESH = Duration.ofHours(1);

    private final IssuerIdentifier identifier;
    private final IssuerPages pages;

    PageConfiguration(IssuerIdentifier identifier, IssuerPages pages) {
        this.identifier = identifier;
        this.pages = pages;
    }

    @Override
    public void configurePathMatch(PathMatchConfigurer configurer) {
        if (!identifier.basePath().isEmpty()) {
            configurer.addPathPrefix(identifier.basePath(), HandlerTypePredicate.forBasePackage("dev.intaglio.server"));
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(identifier.basePath() + "/assets/**")
                .addResourceLocations("classpath:/assets/")
                .setCacheControl(CacheControl.maxAge(ASSETS_FRESH));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PageHeaders(pages.pictureOrigins()));
    }
}
