/// Signing keys out of files: PKCS#12, PEM and JWK Set.
///
/// Each class reads one kind of file once and hands out [dev.intaglio.keys.SigningKey]s; nothing here writes, and the
/// JDK alone does the work. A file that holds something other than expected is an [IllegalArgumentException] that
/// names the file, a file that cannot be read an [java.io.IOException]. Begin with
/// [dev.intaglio.keys.file.Pkcs12Keys], the form in which keys and their chains stay together.
@NullMarked
package dev.intaglio.keys.file;

import org.jspecify.annotations.NullMarked;
