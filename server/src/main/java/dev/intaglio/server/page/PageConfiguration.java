package dev.intaglio.server.page;

import dev.intaglio.spring.AssembledIssuer;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.spring.IssuerFeature;
import dev.intaglio.spring.IssuerIdentifier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.ITemplateEngine;

/// Puts pages and their files under the path of the issuer's identifier, where a proxy leads everything that is ours.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    private static final Duration ASSETS_FRESH = Duration.ofHours(1);

    private final IssuerIdentifier identifier;
    private final IssuerAtHand issuers;

    PageConfiguration(IssuerIdentifier identifier, IssuerAtHand issuers) {
        this.identifier = identifier;
        this.issuers = issuers;
    }

    @Bean
    RenderedPages renderedPages(ITemplateEngine templates, AssembledIssuer main) {
        return new RenderedPages(templates, main);
    }

    /// Read when a tenant is put together, so that a wrong one is told to who makes it.
    @Bean
    static IssuerFeature pagesOfTenants() {
        return (issuer, parts) -> parts.settings().of(PageProperties.class);
    }

    /// Our own texts are in the language among them that the reader likes best.
    @Bean
    LocaleResolver localeResolver() {
        return new LocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) {
                return IssuerPages.of(issuers.of(request)).languages(request).ofPages();
            }

            @Override
            public void setLocale(
                    HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
                throw new UnsupportedOperationException("the reader's browser says which language");
            }
        };
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
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                PageHeaders.of(issuers.of(request)).set(response);
                return true;
            }
        });
    }
}
