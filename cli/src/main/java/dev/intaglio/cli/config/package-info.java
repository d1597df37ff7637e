/// Issuers as files: a directory of tenants is read, compared with what a server has, and put in force there.
@NullMarked
package dev.intaglio.cli.config;

import org.jspecify.annotations.NullMarked;
