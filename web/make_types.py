"""Writes src/api.d.ts, the types of the API's answers: `python web/make_types.py`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from whoholds.web import shapes

OUT = Path(__file__).parent / "src" / "api.d.ts"
MODULES = ("base", "maps", "places", "findings", "reports", "reviews")
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean",
          "null": "null"}


def typescript(schema: dict[str, Any]) -> str:
    """The TypeScript type of one JSON schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(typescript(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f'"{value}"' for value in schema["enum"])
    if "const" in schema:
        return f'"{schema["const"]}"'
    if schema["type"] == "array":
        if "prefixItems" in schema:
            return "[" + ", ".join(typescript(one) for one in schema["prefixItems"]) + "]"
        item = typescript(schema["items"])
        return f"({item})[]" if " " in item else f"{item}[]"
    if schema["type"] == "object":
        return f"Record<string, {typescript(schema['additionalProperties'])}>"
    return SIMPLE[schema["type"]]


def declarations() -> str:
    """All shapes as interfaces, in the order in which they are written."""
    models = [m for _, m in inspect.getmembers(shapes, inspect.isclass)
              if issubclass(m, shapes.Shape) and m is not shapes.Shape]
    _, made = models_json_schema([(m, "serialization") for m in models])
    files = list(dict.fromkeys(m.__module__ for name in MODULES for m in models
                               if m.__module__.endswith(name)))
    order = sorted(models, key=lambda m: (files.index(m.__module__), inspect.getsourcelines(m)[1]))
    parts = ["// Made by make_types.py from whoholds.web.shapes; do not edit.\n"]
    for model in order:
        schema = made["$defs"][model.__name__]
        fields = "".join(f"  {name}: {typescript(one)};\n"
                         for name, one in schema["properties"].items())
        told = " ".join(str(schema.get("description", "")).split())
        parts.append(f"/** {told} */\nexport interface {model.__name__} {{\n{fields}}}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    OUT.write_text(declarations(), "utf8")
    sys.stdout.write(f"{OUT}\n")
