/// What a credential costs the server in CPU time, beside what its signatures cost alone. Begin with
/// [dev.intaglio.benchmark.IssuanceCost]; figures are for comparing within one run, not between machines.
@NullMarked
package dev.intaglio.benchmark;

import org.jspecify.annotations.NullMarked;
