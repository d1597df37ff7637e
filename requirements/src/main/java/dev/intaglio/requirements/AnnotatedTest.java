package dev.intaglio.requirements;

import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/// A test method and the requirements it names: on itself, on its class, on what that class extends and on every
/// class around these. A contract written once so counts for each class that extends it.
record AnnotatedTest(String name, Set<String> requirements) {
    static Optional<AnnotatedTest> of(Optional<TestSource> source) {
        return source.filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(method -> {
                    var ids = new LinkedHashSet<String>();
                    collect(method.getJavaMethod(), ids);
                    collectAround(method.getJavaClass(), ids);
                    collectAround(method.getJavaMethod().getDeclaringClass(), ids);
                    return new AnnotatedTest(
                            method.getClassName() + "#" + method.getMethodName() + "("
                                    + method.getMethodParameterTypes() + ")",
                            ids);
                });
    }

    private static void collectAround(@Nullable Class<?> type, Set<String> ids) {
        if (type == null || type == Object.class) return;
        collect(type, ids);
        collectAround(type.getSuperclass(), ids);
        collectAround(type.getEnclosingClass(), ids);
    }

    private static void collect(AnnotatedElement element, Set<String> ids) {
        var annotation = element.getDeclaredAnnotation(Requirement.class);
        if (annotation != null) ids.addAll(Set.of(annotation.value()));
    }
}
