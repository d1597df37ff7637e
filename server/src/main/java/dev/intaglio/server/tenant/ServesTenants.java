package dev.intaglio.server.tenant;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a controller that asks [dev.intaglio.spring.IssuerAtHand] whose request it is, and touches nothing but what is that
/// issuer's. All others are not there for tenants.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ServesTenants {}
