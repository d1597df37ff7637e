package dev.intaglio.server.login;

import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;

/// How far one browser has come with one interaction. Sealed in a cookie ([VisitCookies]): the browser keeps it, and can
/// neither read nor change it.
///
/// @param interaction its identifier
/// @param formToken must come back with every form, so that no other site can fill one in
/// @param until when the browser has to begin again
record Visit(String interaction, String formToken, Stage stage, Instant until) {
    /// What comes next.
    sealed interface Stage {
        /// The person has to say who they are.
        record SigningIn() implements Stage {}

        /// The person is at an OpenID Provider.
        ///
        /// @param state comes back with the answer
        /// @param nonce comes back in the ID Token
        /// @param verifier of the proof key for code exchange
        record AtProvider(String registration, String state, String nonce, String verifier) implements Stage {}

        /// We know the person, who has to say yes or no.
        record Consenting(Person person) implements Stage {}

        /// Nothing: there was an answer.
        record Answered() implements Stage {}
    }

    /// The same visit one step further. Forms of the step before are no longer good.
    Visit next(Stage stage, String formToken) {
        return new Visit(interaction, formToken, stage, until);
    }

    JsonObject write() {
        var json = JsonObject.builder()
                .put("interaction", interaction)
                .put("form_token", formToken)
                .put("until", until.getEpochSecond());
        switch (stage) {
            case Stage.SigningIn() -> json.put("stage", "signing-in");
            case Stage.AtProvider(var registration, var state, var nonce, var verifier) ->
                json.put("stage", "at-provider")
                        .put("registration", registration)
                        .put("state", state)
                        .put("nonce", nonce)
                        .put("verifier", verifier);
            case Stage.Consenting(var person) ->
                json.put("stage", "consenting")
                        .put("subject", person.subject())
                        .put("name", person.name())
                        .put("claims", person.claims());
            case Stage.Answered() -> json.put("stage", "answered");
        }
        return json.build();
    }

    static Visit read(JsonObject json) {
        var stage = switch (json.string("stage")) {
            case "signing-in" -> new Stage.SigningIn();
            case "at-provider" ->
                new Stage.AtProvider(
                        json.string("registration"),
                        json.string("state"),
                        json.string("nonce"),
                        json.string("verifier"));
            case "consenting" ->
                new Stage.Consenting(new Person(
                        json.string("subject"),
                        json.string("name"),
                        json.optionalObject("claims").orElse(JsonObject.empty())));
            case "answered" -> new Stage.Answered();
            default -> throw new IllegalArgumentException("a visit has no such stage");
        };
        return new Visit(
                json.string("interaction"),
                json.string("form_token"),
                stage,
                Instant.ofEpochSecond(json.integer("until")));
    }

    /// Without secrets and the person.
    @Override
    public String toString() {
        return "Visit";
    }
}
