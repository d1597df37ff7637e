package dev.intaglio.credential.dataintegrity;

import dev.intaglio.credential.ClaimNode;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What of a credential is always shown, as JSON Pointers into it: whatever is not a claim, the subject's identifier, and the claims that the
/// definition says are never kept back (`sd: never`).
final class MandatoryPointers {
    private static final String SUBJECT = "credentialSubject";

    private MandatoryPointers() {}

    static List<String> of(JsonObject document, CredentialDefinition definition) {
        var pointers = new ArrayList<String>();
        for (var member : document.members().keySet()) {
            if (!member.equals(SUBJECT) && !member.equals("@context") && !member.equals("type")) {
                pointers.add(JsonSelection.pointer("", member));
            }
        }
        var subject = document.object(SUBJECT);
        var around = JsonSelection.pointer("", SUBJECT);
        if (subject.has("id")) {
            pointers.add(JsonSelection.pointer(around, "id"));
        }
        members(definition.claims().root(), subject.members(), around, pointers);
        return List.copyOf(pointers);
    }

    private static void members(ClaimNode node, Map<?, ?> object, String around, List<String> pointers) {
        node.members().forEach((name, member) -> {
            if (object.get(name) instanceof Object value) {
                claim(member, value, JsonSelection.pointer(around, name), pointers);
            }
        });
    }

    /// A claim around others is shown with the first of them; to point to it would show them all.
    private static void claim(ClaimNode node, Object value, String pointer, List<String> pointers) {
        if (node.disclosure().selective()) {
            return;
        }
        var plain = value instanceof JsonObject object ? object.members() : value;
        if (plain instanceof Map<?, ?> object && !node.members().isEmpty()) {
            members(node, object, pointer, pointers);
        } else if (plain instanceof List<?> array && node.elements().isPresent()) {
            for (var index = 0; index < array.size(); index++) {
                if (array.get(index) instanceof Object element) {
                    claim(node.elements().get(), element, JsonSelection.pointer(pointer, index), pointers);
                }
            }
        } else {
            pointers.add(pointer);
        }
    }
}
