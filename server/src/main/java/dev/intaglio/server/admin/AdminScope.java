package dev.intaglio.server.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The scope that lets an OAuth token into a controller, or one of its methods. Without one only [AdminCallers#ALL] does.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface AdminScope {
    String value();
}
