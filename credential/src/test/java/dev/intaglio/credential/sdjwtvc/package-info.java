/// Tests of SD-JWT and SD-JWT VC: known answers of the standards, properties over random datasets, refusals.
@NullMarked
package dev.intaglio.credential.sdjwtvc;

import org.jspecify.annotations.NullMarked;
