/// The issuer in a Spring Boot application: [IntaglioProperties] become the builders' arguments in
/// [IntaglioAutoConfiguration], and [ProtocolFilter] leads requests to the endpoints. Every part is a bean that gives way
/// to one of the application's own.
@NullMarked
package dev.intaglio.spring;

import org.jspecify.annotations.NullMarked;
