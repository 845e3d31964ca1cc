"""The rule of what breaks a client, tried on small documents."""

import copy
import unittest

import compatible

SIZE = {"name": "size", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 10}}
KIND = {"name": "kind", "in": "query", "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Kind"}}}
DOCUMENT = {
    "paths": {"/things": {"get": {
        "operationId": "list_things",
        "parameters": [SIZE, KIND],
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
    }}},
    "components": {"schemas": {
        "Kind": {"type": "string", "enum": ["a", "b"]},
        "Thing": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "kind": {"$ref": "#/components/schemas/Kind"},
                "inner": {"oneOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]},
            },
        },
    }},
}


def broken(change):
    """The names of what a change breaks."""
    new = copy.deepcopy(DOCUMENT)
    change(new, new["paths"]["/things"]["get"], new["components"]["schemas"])
    return {name for name, _ in compatible.Comparison(DOCUMENT, new).breaks}


class Breaks(unittest.TestCase):
    def test_the_same_document_breaks_nothing(self):
        self.assertEqual(broken(lambda document, operation, schemas: None), set())

    def test_what_is_taken_away_is_a_break(self):
        def no_path(document, operation, schemas):
            del document["paths"]["/things"]

        self.assertEqual(broken(no_path), {"/things"})
        self.assertEqual(broken(lambda d, o, s: o["parameters"].pop(0)), {"size"})
        self.assertEqual(broken(lambda d, o, s: s["Thing"]["properties"].pop("kind")), {"kind"})
        self.assertEqual(broken(lambda d, o, s: o["responses"].pop("200")), {"200"})
        self.assertEqual(broken(lambda d, o, s: o["responses"]["200"]["content"].clear()), {"application/json"})
        self.assertEqual(broken(lambda d, o, s: o.update(operationId="things")), {"list_things"})

    def test_a_renamed_schema_is_a_break_and_what_stands_in_it_is_none(self):
        def renamed(document, operation, schemas):
            schemas["Sort"] = schemas.pop("Kind")
            schemas["Thing"]["properties"]["kind"] = {"$ref": "#/components/schemas/Sort"}
            operation["parameters"][1]["schema"]["items"] = {"$ref": "#/components/schemas/Sort"}

        self.assertEqual(broken(renamed), {"Kind"})

    def test_a_parameter_that_takes_less_is_a_break_and_one_that_takes_more_is_none(self):
        size = lambda **keys: lambda d, o, s: o["parameters"][0]["schema"].update(keys)
        for less in (size(maximum=9), size(minimum=1), size(type="string"), size(enum=[1])):
            self.assertEqual(broken(less), {"size"})
        self.assertEqual(broken(size(maximum=11, minimum=-1)), set())
        self.assertEqual(broken(lambda d, o, s: s["Kind"]["enum"].pop()), {"kind"})
        self.assertEqual(broken(lambda d, o, s: s["Kind"]["enum"].append("c")), set())

    def test_what_must_now_be_given_is_a_break(self):
        self.assertEqual(broken(lambda d, o, s: o["parameters"][0].update(required=True)), {"size"})
        new = {"name": "new", "in": "query", "required": True, "schema": {"type": "string"}}
        self.assertEqual(broken(lambda d, o, s: o["parameters"].append(new)), {"new"})
        self.assertEqual(broken(lambda d, o, s: o["parameters"].append(new | {"required": False})), set())

    def test_a_property_of_another_type_is_a_break(self):
        thing = lambda **keys: lambda d, o, s: s["Thing"]["properties"].update(keys)
        self.assertEqual(broken(thing(id={"type": "integer"})), {"id"})
        self.assertEqual(broken(thing(id={"type": ["string", "null"]})), {"id"})
        self.assertEqual(broken(thing(kind={"oneOf": [{"$ref": "#/components/schemas/Kind"}, {"type": "null"}]})),
                         {"kind"})
        self.assertEqual(broken(thing(inner={"$ref": "#/components/schemas/Thing"})), set())
        self.assertEqual(broken(lambda d, o, s: s["Thing"]["required"].clear()), {"id"})
        self.assertEqual(broken(thing(more={"type": "string"})), set())


if __name__ == "__main__":
    unittest.main()
