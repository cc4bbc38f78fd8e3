#!/usr/bin/env python3
"""Writes the services' models and shapes from botocore's models.

    python3 Tools/shapes/generate.py            all services of services.json and the protocol corpus
    python3 Tools/shapes/generate.py sqs s3     these services only

Needs botocore (PyPI) and, for the layout, `swift format`. services.json names the operations that are built; of all others only
the names (and routes) are written. The compact model's format is described in Sources/Wire/Model/ModelParser.swift.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys

import botocore
import botocore.loaders

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CORPUS = ROOT / "Tests" / "Corpora" / "protocols"
MAX_LINES = 1400

SIMPLE = {"string", "boolean", "integer", "long", "float", "double", "blob", "timestamp", "character", "byte", "short"}
KEYWORDS = set(
    "associatedtype class deinit enum extension fileprivate func import init inout internal let open operator private "
    "protocol public rethrows static struct subscript typealias var break case continue default defer do else fallthrough "
    "for guard if in repeat return switch where while as Any catch false is nil super self Self throw throws true try".split()
)
# Names of shapes that would hide types of the standard library or of the rooms below.
RESERVED = {
    "Any", "Array", "Bool", "Boxed", "Caller", "Context", "Data", "Date", "Dictionary", "Double", "Error", "Int", "Key",
    "Operation", "Optional", "Protocol", "Record", "Region", "Result", "Scope", "Self", "Sequence", "Set", "Shape", "Store",
    "String", "Structure", "Task", "Timestamp", "Transaction", "Type", "Value", "Void",
}


def protocols(metadata):
    json_protocol = "json11" if metadata.get("jsonVersion") == "1.1" else "json10"
    names = {
        "query": "query", "ec2": "ec2", "json": json_protocol, "rest-json": "restJSON", "rest-xml": "restXML",
        "smithy-rpc-v2-cbor": "cbor",
    }
    first = metadata["protocol"]
    rest = [name for name in metadata.get("protocols", []) if name != first]
    return [names[name] for name in [first, *rest] if name in names]


def word(text):
    """A word of the compact format: no spaces, `%` escapes."""
    return re.sub(r"[\s%]", lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), str(text))


class Traits(list):
    def add(self, name, value=True):
        if value is True:
            self.append(name)
        elif value is not None and value is not False:
            self.append(f"{name}={word(value)}")


class Compact:
    """Writes one model's compact text."""

    def __init__(self, model, config, operations):
        self.model = model
        self.config = config
        self.shapes = dict(model["shapes"])
        self.shapes.update(config.get("shapes", {}))
        self.operations = operations
        self.lines = []
        self.reached = []

    def reach(self, name):
        """Adds a shape and all that it leads to, in a stable order."""
        if name in self.reached:
            return
        self.reached.append(name)
        shape = self.shapes[name]
        for reference in shape.get("members", {}).values():
            self.reach(reference["shape"])
        for part in ("member", "key", "value"):
            if part in shape:
                self.reach(shape[part]["shape"])

    def text(self, with_unbuilt=True):
        self.service()
        for name in self.operations:
            self.operation(self.model["operations"][name])
        if with_unbuilt:
            self.unbuilt()
        for name, shape in self.shapes.items():
            if shape.get("exception"):
                self.reach(name)
        for name in sorted(self.reached):
            self.shape(name)
        return self.lines

    def service(self):
        metadata, config = self.model["metadata"], self.config
        traits = Traits()
        traits.add("id", config.get("id", metadata.get("serviceId", "")).lower().replace(" ", "-"))
        traits.add("signing", metadata.get("signingName", metadata.get("endpointPrefix", "")))
        traits.add("endpoint", metadata.get("endpointPrefix", ""))
        traits.add("version", metadata.get("apiVersion"))
        traits.add("target", metadata.get("targetPrefix"))
        traits.add("json", metadata.get("jsonVersion"))
        traits.add("xmlns", config.get("xmlNamespace", metadata.get("xmlNamespace")))
        traits.add("protocols", ",".join(config.get("protocols", protocols(metadata))))
        traits.add("queryCompatible", "awsQueryCompatible" in metadata)
        traits.add("bareErrors", config.get("bareErrors", False))
        for key in ("validation", "fraction", "errorNamespace"):
            traits.add(key, config.get(key))
        self.lines.append(" ".join(["service", *traits]))

    def operation(self, operation):
        http = operation["http"]
        name = operation["name"]
        traits = Traits()
        traits.add("status", http.get("responseCode") if http.get("responseCode", 200) != 200 else None)
        for key, trait in (("input", "in"), ("output", "out")):
            if key in operation:
                traits.add(trait, operation[key]["shape"])
                self.reach(operation[key]["shape"])
        traits.add("wrapper", operation.get("output", {}).get("resultWrapper"))
        traits.add("outroot", self.config.get("roots", {}).get(name, operation.get("output", {}).get("locationName")))
        traits.add("unwrapped", name in self.config.get("unwrapped", []))
        checksum = operation.get("httpChecksum", {})
        traits.add("checksumAlgorithm", checksum.get("requestAlgorithmMember"))
        traits.add("checksumRequired", bool(checksum.get("requestChecksumRequired") or operation.get("httpChecksumRequired")))
        traits.add("checksumMode", checksum.get("requestValidationModeMember"))
        traits.add("checksums", ",".join(checksum.get("responseAlgorithms", [])) or None)
        errors = [error["shape"] for error in operation.get("errors", [])]
        traits.add("errors", ",".join(errors) or None)
        self.lines.append(" ".join(["o", name, http["method"], word(http["requestUri"]), *traits]))

    def unbuilt(self):
        is_rest = self.model["metadata"]["protocol"].startswith("rest")
        for name, operation in self.model["operations"].items():
            if name in self.operations:
                continue
            words = ["u", name]
            # A deprecated operation shares its route with the one that followed it.
            if is_rest and not operation.get("deprecated"):
                words += [operation["http"]["method"], word(operation["http"]["requestUri"])]
                shape = self.shapes[operation["input"]["shape"]] if "input" in operation else {}
                for location, trait in (("querystring", "q"), ("header", "h")):
                    required = [
                        shape["members"][member]["locationName"] for member in shape.get("required", [])
                        if shape["members"][member].get("location") == location
                    ]
                    if required:
                        words.append(f"{trait}={word(','.join(required))}")
            self.lines.append(" ".join(words))

    @staticmethod
    def namespace(traits, reference, name="ns"):
        namespace = reference.get("xmlNamespace")
        if isinstance(namespace, dict):
            traits.add(name, namespace["uri"])
            if name == "ns":
                traits.add("nsprefix", namespace.get("prefix"))
        else:
            traits.add(name, namespace)

    def shape(self, name):
        shape, config = self.shapes[name], self.config
        kind = shape["type"]
        traits = Traits()
        if kind == "structure" and not shape.get("document"):
            letter = "x" if shape.get("exception") else "n" if shape.get("union") else "s"
            if letter == "x":
                error = shape.get("error", {})
                code, status = error.get("code"), error.get("httpStatusCode")
                if name in config.get("errors", {}):
                    code, status = config["errors"][name]
                traits.add("code", code)
                traits.add("status", status)
                traits.add("server", bool(shape.get("fault") or error.get("fault")))
            traits.add("payload", shape.get("payload"))
            traits.add("root", shape.get("locationName"))
            self.namespace(traits, shape)
            self.lines.append(" ".join([letter, name, *traits]))
            for member, reference in shape["members"].items():
                self.member(name, member, reference, member in shape.get("required", []))
            return
        for key in ("min", "max"):
            traits.add(key, shape.get(key))
        traits.add("sensitive", bool(shape.get("sensitive")))
        if kind == "list":
            element = shape["member"]
            traits.add("name", config.get("elements", {}).get(name, element.get("locationName")))
            traits.add("flat", bool(shape.get("flattened")))
            self.namespace(traits, element, "ens")
            self.lines.append(" ".join(["l", name, element["shape"], *traits]))
        elif kind == "map":
            key, value = shape["key"], shape["value"]
            names = config.get("maps", {}).get(name, [key.get("locationName"), value.get("locationName")])
            traits.add("key", names[0])
            traits.add("value", names[1])
            traits.add("flat", bool(shape.get("flattened")))
            self.namespace(traits, key, "kns")
            self.namespace(traits, value, "ens")
            self.lines.append(" ".join(["k", name, key["shape"], value["shape"], *traits]))
        else:
            kind = "document" if shape.get("document") else {"character": "string", "byte": "integer", "short": "integer"}.get(kind, kind)
            traits.add("time", shape.get("timestampFormat"))
            self.lines.append(" ".join(["t", kind, name, *traits]))
            if shape.get("enum"):
                line = "v"
                for value in shape["enum"]:
                    if len(line) + len(word(value)) > 115:
                        self.lines.append(line)
                        line = "v"
                    line += " " + word(value)
                self.lines.append(line)
            if shape.get("pattern") and "\n" not in shape["pattern"]:
                self.lines.append("p " + shape["pattern"])

    def member(self, shape_name, name, reference, is_required):
        traits = Traits()
        traits.add("required", is_required)
        traits.add("name", reference.get("locationName"))
        traits.add("query", reference.get("queryName"))
        traits.add("form", self.config.get("form", {}).get(f"{shape_name}.{name}"))
        traits.add("loc", reference.get("location"))
        traits.add("flat", bool(reference.get("flattened")))
        traits.add("attr", bool(reference.get("xmlAttribute")))
        traits.add("time", reference.get("timestampFormat"))
        target = self.shapes[reference["shape"]]
        traits.add("stream", bool(reference.get("streaming") or target.get("streaming")))
        traits.add("token", bool(reference.get("idempotencyToken")))
        traits.add("jsonvalue", bool(reference.get("jsonvalue")))
        self.namespace(traits, reference)
        self.lines.append(" ".join(["m", name, reference["shape"], *traits]))


def lower_camel(name):
    """QueueUrl → queueUrl, MD5OfBody → md5OfBody, ETag → eTag, ACL → acl."""
    run = re.match(r"[A-Z][A-Z0-9]*", name)
    if not run:
        return name
    length = run.end()
    if length < len(name) and name[length].islower() and length > 1:
        length -= 1
    return name[:length].lower() + name[length:]


def escaped(name):
    return f"`{name}`" if name in KEYWORDS else name


def constant(value):
    """The name of an enum value's constant."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", value) if part]
    parts = [part.lower() if part.upper() == part else part for part in parts]
    if not parts:
        return "empty"
    name = lower_camel(parts[0]) + "".join(part[0].upper() + part[1:] for part in parts[1:])
    return "_" + name if name[0].isdigit() else name


class SwiftShapes:
    """Writes the Swift structures of a model's reached shapes."""

    def __init__(self, compact, folder):
        self.compact = compact
        self.folder = folder
        self.shapes = compact.shapes
        self.reached = []
        for name in compact.operations:
            for key in ("input", "output"):
                reference = compact.model["operations"][name].get(key)
                if reference:
                    self.reach(reference["shape"])
        structures = {name for name in self.reached if self.shapes[name]["type"] == "structure"}
        self.swift_names = {}
        for name in self.reached:
            swift = name[0].upper() + name[1:]
            if swift in RESERVED or (name not in structures and swift != name and swift in structures):
                swift = folder + swift
            self.swift_names[name] = swift

    def reach(self, name):
        if name in self.reached:
            return
        self.reached.append(name)
        shape = self.shapes[name]
        for reference in shape.get("members", {}).values():
            if not (reference.get("streaming") or self.shapes[reference["shape"]].get("streaming")):
                self.reach(reference["shape"])
        for part in ("member", "key", "value"):
            if part in shape:
                self.reach(shape[part]["shape"])

    def kind(self, name):
        shape = self.shapes[name]
        if shape.get("document"):
            return "document"
        return {
            "character": "string", "byte": "integer", "short": "integer", "long": "integer", "float": "double",
            "boolean": "bool",
        }.get(shape["type"], shape["type"])

    def type(self, name):
        kind = self.kind(name)
        shape = self.shapes[name]
        if kind == "list":
            return f"[{self.type(shape['member']['shape'])}]"
        if kind == "map":
            return f"[String: {self.type(shape['value']['shape'])}]"
        if kind == "structure":
            return self.swift_names[name]
        return {
            "string": "String", "integer": "Int", "double": "Double", "bool": "Bool", "blob": "[UInt8]",
            "timestamp": "Timestamp", "document": "JSONValue",
        }[kind]

    def read_element(self, name):
        kind = self.kind(name)
        shape = self.shapes[name]
        if kind == "list":
            return f"$0.list {{ {self.read_element(shape['member']['shape'])} }}"
        if kind == "map":
            return f"$0.map {{ {self.read_element(shape['value']['shape'])} }}"
        if kind == "structure":
            return f"$0.structure({self.swift_names[name]}.self)"
        return f"$0.{kind}"

    def write_element(self, name):
        kind = self.kind(name)
        shape = self.shapes[name]
        if kind == "list":
            return f".list(of: $0) {{ {self.write_element(shape['member']['shape'])} }}"
        if kind == "map":
            return f".map(of: $0) {{ {self.write_element(shape['value']['shape'])} }}"
        if kind == "structure":
            return ".structure($0.structureValue)"
        if kind == "integer":
            return ".integer(Int64($0))"
        return f".{kind}($0)"

    def read(self, index, name):
        kind = self.kind(name)
        shape = self.shapes[name]
        if kind in ("list", "map"):
            return f"value.{kind}({index}) {{ {self.read_element(shape['member' if kind == 'list' else 'value']['shape'])} }}"
        if kind == "structure":
            return f"value.structure({index}, {self.swift_names[name]}.self)"
        return f"value.{kind}({index})"

    def write(self, index, name, expression):
        kind = self.kind(name)
        shape = self.shapes[name]
        if kind in ("list", "map"):
            inner = self.write_element(shape["member" if kind == "list" else "value"]["shape"])
            return f"result.set({index}, {kind}: {expression}) {{ {inner} }}"
        return f"result.set({index}, {kind}: {expression})"

    def empty(self, name):
        return {
            "list": "[]", "map": "[:]", "structure": f"{self.swift_names[name]}(.empty)", "string": '""', "integer": "0",
            "double": "0", "bool": "false", "blob": "[]", "timestamp": "Timestamp(milliseconds: 0)", "document": ".null",
        }[self.kind(name)]

    def is_recursive(self, owner, target, seen=None):
        """Whether a structure holds its owner without a list or map between."""
        if target == owner:
            return True
        seen = seen or set()
        if target in seen or self.kind(target) != "structure":
            return False
        seen.add(target)
        return any(self.is_recursive(owner, r["shape"], seen) for r in self.shapes[target]["members"].values())

    def structure(self, name):
        shape = self.shapes[name]
        required = shape.get("required", [])
        members = []
        for index, (member, reference) in enumerate(shape["members"].items()):
            target = reference["shape"]
            if reference.get("streaming") or self.shapes[target].get("streaming"):
                continue
            is_boxed = self.kind(target) == "structure" and self.is_recursive(name, target)
            members.append((index, escaped(lower_camel(member)), target, member in required and not is_boxed, is_boxed))
        lines = [f"struct {self.swift_names[name]}: Structure {{"]
        for _, swift, target, is_required, is_boxed in members:
            if is_boxed:
                lines.append(f"  private var boxed{swift.strip('`')[0].upper()}{swift.strip('`')[1:]}: Boxed<{self.type(target)}>?")
                lines.append(f"  var {swift}: {self.type(target)}? {{")
                box = f"boxed{swift.strip('`')[0].upper()}{swift.strip('`')[1:]}"
                lines.append(f"    get {{ {box}?.content }}")
                lines.append(f"    set {{ {box} = Boxed(newValue) }}")
                lines.append("  }")
            else:
                lines.append(f"  var {swift}: {self.type(target)}{'' if is_required else '?'}")
        if members:
            lines.append("")
        parameters = [
            f"{swift}: {self.type(target)}" + ("" if is_required else "? = nil") for _, swift, target, is_required, _ in members
        ]
        lines += self.wrapped("  init(", parameters, ") {")
        for _, swift, target, _, is_boxed in members:
            plain = swift.strip("`")
            if is_boxed:
                lines.append(f"    boxed{plain[0].upper()}{plain[1:]} = Boxed({swift})")
            else:
                lines.append(f"    self.{plain} = {swift}")
        lines += ["  }", "", "  init(_ value: StructureValue) {"]
        for index, swift, target, is_required, is_boxed in members:
            plain = swift.strip("`")
            ending = f" ?? {self.empty(target)}" if is_required else ""
            if is_boxed:
                lines.append(f"    boxed{plain[0].upper()}{plain[1:]} = Boxed({self.read(index, target)})")
            else:
                left = f"self.{plain}" if plain == "value" or swift != plain else plain
                lines.append(f"    {left} = {self.read(index, target)}{ending}")
        lines += ["  }", "", "  var structureValue: StructureValue {"]
        if members:
            lines.append(f"    var result = StructureValue(count: {len(shape['members'])})")
            for index, swift, target, _, _ in members:
                plain = swift.strip("`")
                expression = f"self.{plain}" if plain == "result" or swift != plain else plain
                lines.append(f"    {self.write(index, target, expression)}")
            lines.append("    return result")
        else:
            lines.append(f"    StructureValue(count: {len(shape['members'])})")
        lines += ["  }", "}", ""]
        return lines

    @staticmethod
    def wrapped(head, parameters, tail):
        line = head + ", ".join(parameters) + tail
        if len(line) <= 120:
            return [line]
        lines, current = [head], "   "
        for index, parameter in enumerate(parameters):
            item = " " + parameter + ("," if index < len(parameters) - 1 else "")
            if len(current) + len(item) > 120:
                lines.append(current)
                current = "   "
            current += item
        return [*lines, current, "  " + tail]

    def enumeration(self, name):
        lines = [f"enum {self.swift_names[name]} {{"]
        seen = set()
        for value in self.shapes[name]["enum"]:
            plain = constant(value)
            while plain in seen:
                plain += "_"
            seen.add(plain)
            lines.append(f"  static let {escaped(plain)} = {json.dumps(value, ensure_ascii=False)}")
        return [*lines, "}", ""]

    def blocks(self):
        for name in sorted(self.reached):
            kind = self.kind(name)
            if kind == "structure":
                yield self.structure(name)
            elif kind == "string" and self.shapes[name].get("enum"):
                yield self.enumeration(name)


def header(source=None):
    lines = [
        f"// Generated by Tools/shapes/generate.py from botocore {botocore.__version__}; never edited by hand.",
        "// To write it anew: python3 Tools/shapes/generate.py",
    ]
    if source:
        lines.append(f"// Further {source}.")
    return lines


def write_service(identifier, config):
    model = botocore.loaders.Loader().load_service_model(identifier, "service-2")
    names = list(model["operations"]) if config["operations"] == "all" else config["operations"]
    missing = [name for name in [*names, *config.get("not", [])] if name not in model["operations"]]
    if missing:
        sys.exit(f"{identifier}: botocore has no {', '.join(missing)}")
    operations = sorted(name for name in names if name not in config.get("not", []))
    compact = Compact(model, {"id": identifier, **config}, operations)
    lines = compact.text()
    folder = ROOT / "Sources" / "Services" / config["folder"] / "Generated"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    parts = [lines[start : start + MAX_LINES] for start in range(0, len(lines), MAX_LINES)]
    for index, part in enumerate(parts):
        text = header(config.get("source")) + ["", "import Wire", ""]
        if index == 0:
            arguments = ", ".join(f"modelText{number + 1}" for number in range(len(parts)))
            text += [
                "extension ServiceModel {",
                f"  /// {model['metadata']['serviceFullName']}, {model['metadata']['apiVersion']}; read at first use.",
                f"  static let {identifier} = ServiceModel(generated: [{arguments}])",
                "}",
                "",
            ]
        assert not any('"""#' in line for line in part)
        text += [f'private let modelText1 = #"""' if len(parts) == 1 else f'let modelText{index + 1} = #"""']
        text += ["  " + line for line in part] + ['  """#']
        (folder / f"Model{index + 1 if index else ''}.swift").write_text("\n".join(text) + "\n")
    files, current = [], []
    for block in SwiftShapes(compact, config["folder"]).blocks():
        if len(current) + len(block) > MAX_LINES:
            files.append(current)
            current = []
        current += block
    files.append(current)
    for index, content in enumerate(files):
        text = header() + ["", "import Wire", ""] + content
        (folder / f"Shapes{index + 1}.swift").write_text("\n".join(text).rstrip("\n") + "\n")
    formatter = shutil.which("swift")
    if formatter:
        shapes = [str(path) for path in sorted(folder.glob("Shapes*.swift"))]
        subprocess.run([formatter, "format", "--in-place", "--configuration", str(ROOT / ".swift-format"), *shapes], check=True)
    print(f"{identifier}: {len(operations)} operations, {len(lines)} lines of model, {len(files)} files of shapes")


def write_corpus():
    """Compact models for the protocol corpus: one for each different operation of a suite."""
    target = CORPUS / "models"
    target.mkdir(exist_ok=True)
    for direction in ("input", "output"):
        for path in sorted((CORPUS / direction).glob("*.json")):
            text = []
            for suite_index, suite in enumerate(json.loads(path.read_text())):
                for case_index, case in enumerate(suite["cases"]):
                    given = dict(case["given"])
                    if direction == "input":
                        given.pop("output", None)
                        given.pop("errors", None)
                    model = {"metadata": suite["metadata"], "operations": {given["name"]: given}, "shapes": suite["shapes"]}
                    if "shape" not in given.get("output", {"shape": 1}):
                        given.pop("output")
                    lines = Compact(model, {"id": "corpus"}, [given["name"]]).text(with_unbuilt=False)
                    text += [f"case {suite_index} {case_index} {case['id']}", *lines]
            (target / f"{direction}-{path.stem}.txt").write_text("\n".join(text) + "\n")
    print("corpus: models written")


def main():
    services = json.loads((HERE / "services.json").read_text())
    wanted = sys.argv[1:]
    for identifier, config in services.items():
        if not wanted or identifier in wanted:
            write_service(identifier, config)
    if not wanted and CORPUS.exists():
        write_corpus()


if __name__ == "__main__":
    main()
