import Testing
import Wire

@testable import SNS

@Suite("Filter policies")
struct FilterMatchTests {
  /// A policy, a body, and whether it is wanted.
  static let bodies: [(policy: String, body: String, isWanted: Bool)] = [
    // Exact values: a text is no number.
    (#"{"a":["x","y"]}"#, #"{"a":"y"}"#, true), (#"{"a":["x"]}"#, #"{"a":"X"}"#, false),
    (#"{"a":["x"]}"#, #"{"b":"x"}"#, false), (#"{"a":[1]}"#, #"{"a":1.0}"#, true),
    (#"{"a":[1]}"#, #"{"a":"1"}"#, false), (#"{"a":["1"]}"#, #"{"a":1}"#, false),
    (#"{"a":[true]}"#, #"{"a":true}"#, true), (#"{"a":[true]}"#, #"{"a":"true"}"#, false),
    (#"{"a":[null]}"#, #"{"a":null}"#, true), (#"{"a":[null]}"#, #"{}"#, false),
    // Arrays: one element is enough.
    (#"{"a":["x"]}"#, #"{"a":["w","x"]}"#, true), (#"{"a":["x"]}"#, #"{"a":[]}"#, false),
    // Texts.
    (#"{"a":[{"prefix":"or"}]}"#, #"{"a":"order"}"#, true), (#"{"a":[{"prefix":"or"}]}"#, #"{"a":"Order"}"#, false),
    (#"{"a":[{"suffix":"er"}]}"#, #"{"a":"order"}"#, true), (#"{"a":[{"suffix":"ers"}]}"#, #"{"a":"order"}"#, false),
    (#"{"a":[{"equals-ignore-case":"Ten"}]}"#, #"{"a":"tEN"}"#, true),
    (#"{"a":[{"prefix":"1"}]}"#, #"{"a":12}"#, false),
    // Anything but.
    (#"{"a":[{"anything-but":["x","y"]}]}"#, #"{"a":"z"}"#, true),
    (#"{"a":[{"anything-but":["x","y"]}]}"#, #"{"a":"x"}"#, false),
    (#"{"a":[{"anything-but":"x"}]}"#, #"{"a":["x","z"]}"#, true), (#"{"a":[{"anything-but":"x"}]}"#, "{}", false),
    (#"{"a":[{"anything-but":[1,2]}]}"#, #"{"a":3}"#, true), (#"{"a":[{"anything-but":1}]}"#, #"{"a":1}"#, false),
    (#"{"a":[{"anything-but":{"prefix":"or"}}]}"#, #"{"a":"order"}"#, false),
    (#"{"a":[{"anything-but":{"prefix":"or"}}]}"#, #"{"a":"data"}"#, true),
    (#"{"a":[{"anything-but":{"suffix":"er"}}]}"#, #"{"a":"order"}"#, false),
    (#"{"a":[{"anything-but":{"suffix":["er","ta"]}}]}"#, #"{"a":"data"}"#, false),
    (#"{"a":[{"anything-but":{"equals-ignore-case":"x"}}]}"#, #"{"a":"X"}"#, false),
    // Numbers.
    (#"{"a":[{"numeric":["=",301.5]}]}"#, #"{"a":301.5}"#, true), (#"{"a":[{"numeric":["<",0]}]}"#, #"{"a":0}"#, false),
    (#"{"a":[{"numeric":["<=",0]}]}"#, #"{"a":0}"#, true),
    (#"{"a":[{"numeric":[">",0,"<=",150]}]}"#, #"{"a":150}"#, true),
    (#"{"a":[{"numeric":[">",0,"<",150]}]}"#, #"{"a":150}"#, false),
    (#"{"a":[{"numeric":[">=",1.5e1]}]}"#, #"{"a":15}"#, true), (#"{"a":[{"numeric":[">",0]}]}"#, #"{"a":"5"}"#, false),
    // Presence is about leaves.
    (#"{"a":[{"exists":true}]}"#, #"{"a":null}"#, true), (#"{"a":[{"exists":true}]}"#, #"{"b":1}"#, false),
    (#"{"a":[{"exists":false}]}"#, #"{"b":1}"#, true), (#"{"a":[{"exists":false}]}"#, #"{"a":1}"#, false),
    (#"{"a":["x",{"exists":false}]}"#, "{}", true),
    // Addresses.
    (#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"10.0.0.255"}"#, true),
    (#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"10.0.1.0"}"#, false),
    (#"{"a":[{"cidr":"2001:db8::/32"}]}"#, #"{"a":"2001:db8::1"}"#, true),
    (#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"x"}"#, false),
    // Keys: all of them, nested, or joined by dots.
    (#"{"a":["x"],"b":["y"]}"#, #"{"a":"x","b":"y"}"#, true), (#"{"a":["x"],"b":["y"]}"#, #"{"a":"x"}"#, false),
    (#"{"a":{"b":["y"]}}"#, #"{"a":{"b":"y"}}"#, true), (#"{"a":{"b":["y"]}}"#, #"{"a":[{"b":"x"},{"b":"y"}]}"#, true),
    (#"{"a.b":["y"]}"#, #"{"a":{"b":"y"}}"#, true), (#"{"a":{"b":["y"]}}"#, #"{"a.b":"y"}"#, true),
    (#"{"a":["x"]}"#, #"{"a":{"b":"x"}}"#, false),
    // Or.
    (#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"b":"y"}"#, true),
    (#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"b":"x"}"#, false),
    (#"{"c":["z"],"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"b":"y"}"#, false),
    (#"{"c":["z"],"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"b":"y","c":"z"}"#, true),
    (#"{"s":{"$or":[{"a":["x"]},{"$or":[{"b":["y"]},{"b":["w"]}]}]}}"#, #"{"s":{"b":"w"}}"#, true),
    // One object, or one whose member is named like a condition: then $or is a key like others.
    (#"{"$or":["x"]}"#, #"{"$or":"x"}"#, true), (#"{"$or":[{"prefix":"x"},{"prefix":"y"}]}"#, #"{"$or":"yes"}"#, true),
    // Only objects are looked into.
    (#"{"a":[{"exists":false}]}"#, #"["a"]"#, false), (#"{"a":[{"exists":false}]}"#, "no JSON", false),
  ]

  @Test("want bodies", arguments: bodies)
  func body(_ given: (policy: String, body: String, isWanted: Bool)) throws {
    let policy = try FilterPolicy(given.policy, .body)
    #expect(policy.accepts(JSONValue(parsing: given.body)) == given.isWanted)
  }

  /// A policy, the attribute `a`, and whether the message is wanted.
  static let attributes: [(policy: String, attribute: MessageAttribute?, isWanted: Bool)] = [
    (#"{"a":["x"]}"#, text("x"), true), (#"{"a":["x"]}"#, nil, false), (#"{"a":[{"exists":false}]}"#, nil, true),
    (#"{"a":["x"]}"#, text(#"["w","x"]"#, "String.Array"), true),
    (#"{"a":[null]}"#, text("[null]", "String.Array"), true), (#"{"a":[3]}"#, text("[1,3]", "String.Array"), true),
    (#"{"a":[{"anything-but":"x"}]}"#, text(#"["x","y"]"#, "String.Array"), true),
    (#"{"a":["x"]}"#, text("not an array", "String.Array"), false),
    (#"{"a":[{"numeric":[">",5]}]}"#, text("7", "Number"), true), (#"{"a":[7]}"#, text("7.0", "Number"), true),
    (#"{"a":["7"]}"#, text("7", "Number"), false), (#"{"a":[{"numeric":[">",5]}]}"#, text("7"), false),
    (#"{"a":[{"numeric":[">",5]}]}"#, text("7", "Number.int"), true),
    (#"{"a":[{"exists":true}]}"#, MessageAttribute(name: "a", type: "Binary", value: .binary([1])), false),
    (#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, text("x"), true),
  ]

  private static func text(_ text: String, _ type: String = "String") -> MessageAttribute {
    MessageAttribute(name: "a", type: type, value: .string(text))
  }

  @Test("want attributes", arguments: attributes)
  func attribute(_ given: (policy: String, attribute: MessageAttribute?, isWanted: Bool)) throws {
    let policy = try FilterPolicy(given.policy, .attributes)
    #expect(policy.accepts(given.attribute.map { [$0] } ?? []) == given.isWanted)
  }
}
