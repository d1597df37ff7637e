/// Ties tests to the requirements they hold. A test names them with [dev.intaglio.requirements.Requirement];
/// while tests run, [dev.intaglio.requirements.PassedRequirements] notes what passed; at the end of the build
/// [dev.intaglio.requirements.RequirementReport] says which requirements no passing test holds. The list of all
/// requirements is the resource `requirements.tsv` beside these classes.
@NullMarked
package dev.intaglio.requirements;

import org.jspecify.annotations.NullMarked;
