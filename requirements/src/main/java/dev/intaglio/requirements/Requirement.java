package dev.intaglio.requirements;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the requirements that a test holds, by their ids in `requirements.tsv`. On a class it speaks for each
/// test within. It counts only while the test passes, and an id that is not in the list fails the run.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requirement {
    /// The ids, such as `CI-CRED-12`.
    String[] value();
}
