/// The flight recorder: what happened in each issuance, decoded and without secrets. [FlightRecorder] stands around the endpoints
/// of both servers, [Redaction] says what may be kept, [Timelines] puts the steps of an issuance together.
@NullMarked
package dev.intaglio.issuer.recorder;

import org.jspecify.annotations.NullMarked;
