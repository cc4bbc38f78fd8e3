import Testing
import Wire

@testable import EventBridge

/// AWS: EventBridge user guide, "Comparison operators for use in event patterns", with its examples.
@Suite("Event patterns")
struct PatternTests {
  private static func matches(_ pattern: String, _ event: String) throws -> Bool {
    let json = try #require(JSONValue(json: Array(event.utf8)))
    return !PatternMachine([try EventPattern(pattern)]).matches(json).isEmpty
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var pattern: String
    var event: String
    var isMatch: Bool

    init(_ pattern: String, _ event: String, _ isMatch: Bool) {
      self.pattern = pattern
      self.event = event
      self.isMatch = isMatch
    }

    var testDescription: String { "\(pattern) \(isMatch ? "takes" : "refuses") \(event)" }
  }

  static let values: [Case] = [
    Case(#"{"a":["x"]}"#, #"{"a":"x"}"#, true),
    Case(#"{"a":["x"]}"#, #"{"a":"X"}"#, false),
    Case(#"{"a":["x","y"]}"#, #"{"a":"y"}"#, true),
    Case(#"{"a":["x"],"b":["y"]}"#, #"{"a":"x","b":"z"}"#, false),
    Case(#"{"a":["x"]}"#, #"{"b":"x"}"#, false),
    Case(#"{"a":["true"]}"#, #"{"a":true}"#, false),
    Case(#"{"a":[true]}"#, #"{"a":true}"#, true),
    Case(#"{"a":[null]}"#, #"{"a":null}"#, true),
    Case(#"{"a":[null]}"#, #"{"a":""}"#, false),
    Case(#"{"a":[""]}"#, #"{"a":""}"#, true),
    Case(#"{"a":[300]}"#, #"{"a":3.0e2}"#, true),
    Case(#"{"a":[300]}"#, #"{"a":"300"}"#, false),
    Case(#"{"a":[{"prefix":"us-"}]}"#, #"{"a":"us-east-1"}"#, true),
    Case(#"{"a":[{"prefix":"us-"}]}"#, #"{"a":"eu-us-"}"#, false),
    Case(#"{"a":[{"prefix":{"equals-ignore-case":"EventB"}}]}"#, #"{"a":"EVENTBridge"}"#, true),
    Case(#"{"a":[{"suffix":".png"}]}"#, #"{"a":"x.png"}"#, true),
    Case(#"{"a":[{"suffix":{"equals-ignore-case":".PNG"}}]}"#, #"{"a":"x.pNg"}"#, true),
    Case(#"{"a":[{"equals-ignore-case":"alice"}]}"#, #"{"a":"ALICE"}"#, true),
    Case(#"{"a":[{"anything-but":"x"}]}"#, #"{"a":"y"}"#, true),
    Case(#"{"a":[{"anything-but":"x"}]}"#, #"{"a":"x"}"#, false),
    Case(#"{"a":[{"anything-but":"x"}]}"#, #"{"a":1}"#, true),
    Case(#"{"a":[{"anything-but":"x"}]}"#, #"{"b":1}"#, false),
    Case(#"{"a":[{"anything-but":["x","y"]}]}"#, #"{"a":"y"}"#, false),
    Case(#"{"a":[{"anything-but":[100,200]}]}"#, #"{"a":200.0}"#, false),
    Case(#"{"a":[{"anything-but":[100,200]}]}"#, #"{"a":"200"}"#, true),
    Case(#"{"a":[{"anything-but":{"prefix":"us-"}}]}"#, #"{"a":"us-x"}"#, false),
    Case(#"{"a":[{"anything-but":{"prefix":["us-","eu-"]}}]}"#, #"{"a":"eu-x"}"#, false),
    Case(#"{"a":[{"anything-but":{"suffix":[".png",".gif"]}}]}"#, #"{"a":"x.jpg"}"#, true),
    Case(#"{"a":[{"anything-but":{"equals-ignore-case":["INIT","run"]}}]}"#, #"{"a":"RUN"}"#, false),
    Case(#"{"a":[{"anything-but":{"wildcard":"*/lib/*"}}]}"#, #"{"a":"/usr/lib/x"}"#, false),
    Case(#"{"a":[{"anything-but":{"wildcard":["*/lib/*","*/bin/*"]}}]}"#, #"{"a":"/usr/share/x"}"#, true),
    Case(#"{"a":[{"numeric":[">",0,"<=",5]}]}"#, #"{"a":5}"#, true),
    Case(#"{"a":[{"numeric":[">",0,"<=",5]}]}"#, #"{"a":0}"#, false),
    Case(#"{"a":[{"numeric":["=",3.018e2]}]}"#, #"{"a":301.8}"#, true),
    Case(#"{"a":[{"numeric":["<",10]}]}"#, #"{"a":"3"}"#, false),
    Case(#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"10.0.0.255"}"#, true),
    Case(#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"10.0.1.0"}"#, false),
    Case(#"{"a":[{"cidr":"2001:db8::/33"}]}"#, #"{"a":"2001:db8:7fff::1"}"#, true),
    Case(#"{"a":[{"cidr":"2001:db8::/33"}]}"#, #"{"a":"2001:db8:8000::1"}"#, false),
    Case(#"{"a":[{"exists":true}]}"#, #"{"a":null}"#, true),
    Case(#"{"a":[{"exists":true}]}"#, #"{"a":{"b":1}}"#, false),
    Case(#"{"a":[{"exists":false}]}"#, #"{"b":1}"#, true),
    Case(#"{"a":[{"exists":false}]}"#, #"{"a":1}"#, false),
    Case(#"{"a":{"b":[{"exists":false}]}}"#, #"{"c":1}"#, true),
    Case(#"{"a":[{"exists":false},"x"]}"#, #"{"a":"x"}"#, true),
    Case(#"{"a":[{"wildcard":"dir/*.png"}]}"#, #"{"a":"dir/sub/x.png"}"#, true),
    Case(#"{"a":[{"wildcard":"dir/*.png"}]}"#, #"{"a":"dir/x.png.gz"}"#, false),
    Case(#"{"a":[{"wildcard":"*a*b*"}]}"#, #"{"a":"xxayyb"}"#, true),
    Case(#"{"a":[{"wildcard":"*a*b*"}]}"#, #"{"a":"xxbyya"}"#, false),
    Case(#"{"a":[{"wildcard":"a\\*b*"}]}"#, #"{"a":"a*bc"}"#, true),
    Case(#"{"a":[{"wildcard":"a\\*b*"}]}"#, #"{"a":"axbc"}"#, false),
    Case(#"{"a":[{"wildcard":"ab*ba"}]}"#, #"{"a":"aba"}"#, false),
  ]

  static let shapes: [Case] = [
    Case(#"{"a":["x"]}"#, #"{"a":["w","x"]}"#, true),
    Case(#"{"a":["x"]}"#, #"{"a":[["w"],["x"]]}"#, true),
    Case(#"{"a":[{"anything-but":"x"}]}"#, #"{"a":["x","y"]}"#, true),
    Case(#"{"a":["x"]}"#, #"{"a":[]}"#, false),
    Case(#"{"a":{"b":["x"],"c":["y"]}}"#, #"{"a":[{"b":"x","c":"z"},{"b":"w","c":"y"}]}"#, false),
    Case(#"{"a":{"b":["x"],"c":["y"]}}"#, #"{"a":[{"b":"w","c":"y"},{"b":"x","c":"y"}]}"#, true),
    Case(#"{"a":{"b":["x"],"c":[{"exists":false}]}}"#, #"{"a":[{"b":"x"},{"b":"w","c":1}]}"#, true),
    Case(#"{"a":{"c":[{"exists":false}]}}"#, #"{"a":[{"b":"x"},{"c":1}]}"#, false),
    Case(#"{"a":{"b.c":["x"]}}"#, #"{"a":{"b":{"c":"x"}}}"#, true),
    Case(#"{"a":{"b":{"c":["x"]}}}"#, #"{"a":{"b.c":"x"}}"#, true),
    Case(#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"b":"y"}"#, true),
    Case(#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"a":"y","b":"x"}"#, false),
    Case(#"{"s":["1"],"d":{"$or":[{"a":[1]},{"$or":[{"b":[2]},{"c":[3]}]}]}}"#, #"{"s":"1","d":{"c":3}}"#, true),
    Case(#"{"s":["1"],"d":{"$or":[{"a":[1]},{"b":[2],"c":[3]}]}}"#, #"{"s":"1","d":{"b":2}}"#, false),
  ]

  @Test("values", arguments: values) func value(_ test: Case) throws {
    #expect(try PatternTests.matches(test.pattern, test.event) == test.isMatch)
  }

  @Test("arrays, objects and alternatives", arguments: shapes) func shape(_ test: Case) throws {
    #expect(try PatternTests.matches(test.pattern, test.event) == test.isMatch)
  }

  /// AWS: messages reported by users of EventBridge, and those of aws/event-ruler.
  static let refused: [(pattern: String, reason: String, line: Int, column: Int)] = [
    (
      #"{"source":["test.event-pattern"],"detail":{"lenderId":"LenderA"}}"#,
      "\"lenderId\" must be an object or an array", 1, 56
    ),
    (#"{"source": ["aws.health"], "detail": {}}"#, "Empty objects are not allowed", 1, 40),
    (#""x""#, "Filter is not an object", 1, 2),
    (#"{"a":[]}"#, "Empty arrays are not allowed", 1, 8),
    (#"{"a":[{"like":"x"}]}"#, "Unrecognized match type like", 1, 16),
    (#"{"a":[{"prefix":1}]}"#, "prefix match pattern must be a string", 1, 18),
    (#"{"a":[{"prefix":"x","suffix":"y"}]}"#, "Only one key allowed in match expression", 1, 31),
    (#"{"a":[{"exists":"yes"}]}"#, "exists match pattern must be either true or false.", 1, 18),
    (#"{"a":[{"numeric":["<",5e10]}]}"#, "Value must be between -5.0E9 and 5.0E9, inclusive", 1, 27),
    (#"{"a":[{"numeric":["<>",5]}]}"#, "Unrecognized numeric range operator: <>", 1, 25),
    (#"{"$or":[{"a":[1]}]}"#, "There must have at least 2 Objects in $or relationship.", 1, 19),
    (#"{"a":[{"wildcard":"a**b"}]}"#, "Consecutive wildcard characters at pos 2", 1, 25),
    (
      "{\"a\":\n  [{\"anything-but\":[1,\"x\"]}]}",
      "Inside anything but list, either all values are number or string, mixed type is not supported", 2, 27
    ),
    (#"{"a":[{"anything-but":{"prefix":""}}]}"#, "Null prefix/suffix not allowed", 1, 35),
    (#"{"a":["x"],"a":["y"]}"#, "Path `a` cannot be allowed multiple times", 1, 21),
    (
      "nonsense",
      "Unrecognized token 'nonsense': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      1, 9
    ),
  ]

  @Test("what is refused, and where", arguments: refused)
  func refusal(_ test: (pattern: String, reason: String, line: Int, column: Int)) {
    let problem = #expect(throws: PatternProblem.self) { try EventPattern(test.pattern) }
    #expect(
      problem?.description
        == "\(test.reason)\n at [Source: (String)\"\(test.pattern)\"; line: \(test.line), column: \(test.column)]")
  }

  @Test("too many wildcards and alternatives are refused") func complexity() {
    let wildcards = "*" + String(repeating: "ab*", count: 80)
    #expect(throws: PatternProblem.self) { try EventPattern("{\"a\":[{\"wildcard\":\"\(wildcards)\"}]}") }
    let alternatives = (0..<11).map { "{\"x\($0)\":[1]}" }.joined(separator: ",")
    let members = (0..<3).map { "\"d\($0)\":{\"$or\":[\(alternatives)]}" }.joined(separator: ",")
    #expect(throws: PatternProblem.self) { try EventPattern("{\(members)}") }
  }

  @Test("a machine tells which of many patterns match") func many() throws {
    let patterns = try (0..<2000).map { number in
      try EventPattern("{\"source\":[\"app\"],\"detail\":{\"id\":[\"\(number)\"]}}")
    }
    let machine = PatternMachine(patterns + [try EventPattern(#"{"source":[{"prefix":"a"}]}"#)])
    let event = try #require(JSONValue(json: Array(#"{"source":"app","detail":{"id":"1234"}}"#.utf8)))
    #expect(machine.matches(event) == [1234, 2000])
  }
}
