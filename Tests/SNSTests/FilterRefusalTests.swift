import Testing

@testable import SNS

/// What AWS answers to filter policies that are wrong, recorded from SNS with the place of its parser.
@Suite("Refused filter policies")
struct FilterRefusalTests {
  static let recorded: [(policy: String, words: String, column: Int)] = [
    (#"{"key":[["value"]]}"#, "Match value must be String, number, true, false, or null", 10),
    (#"{"key":[{"wrong-operator":true}]}"#, "Unrecognized match type wrong-operator", 31),
    (#"{"key":[{"suffix":"value","prefix":"value2"}]}"#, "Only one key allowed in match expression", 37),
    (#"{"key":[{"suffix":100}]}"#, "suffix match pattern must be a string", 22),
    (#"{"key":[{"suffix":null}]}"#, "suffix match pattern must be a string", 23),
    (#"{"key":[{"suffix":[]}]}"#, "suffix match pattern must be a string", 20),
    (#"{"key":[{"suffix":["test","test2"]}]}"#, "suffix match pattern must be a string", 20),
    (#"{"key":{"suffix":"value"}}"#, #""suffix" must be an object or an array"#, 19),
    (#"{"key":{"suffix":"value","prefix":"value"}}"#, #""suffix" must be an object or an array"#, 19),
    (#"{"key":{"not-an-operator":"value"}}"#, #""not-an-operator" must be an object or an array"#, 28),
    (#"{"key_a":"value_one"}"#, #""key_a" must be an object or an array"#, 11),
    (#"{"key":[{"numeric":[]}]}"#, "Invalid member in numeric match: ]", 22),
    (#"{"key":[{"numeric":["operator"]}]}"#, "Unrecognized numeric range operator: operator", 32),
    (#"{"key":[{"numeric":[1,"<="]}]}"#, "Invalid member in numeric match: 1", 22),
    (#"{"key":[{"numeric":["=","000"]}]}"#, "Value of equals must be numeric", 26),
    (#"{"key":[{"numeric":[">="]}]}"#, "Value of >= must be numeric", 26),
    (#"{"key":[{"numeric":["<",100,">",10]}]}"#, "Too many elements in numeric expression", 30),
    (#"{"key":[{"numeric":[">=",1,">",2]}]}"#, "Bad numeric range operator: >", 31),
    (#"{"key":[{"numeric":[">",3,"<",1]}]}"#, "Bottom must be less than top", 33),
    (#"{"key":[{"numeric":[">",20,"<="]}]}"#, "Value of <= must be numeric", 33),
    (#"{"key":[{"numeric":[">",20,30]}]}"#, "Bad value in numeric range: 30", 30),
    (#"{"key":[{"numeric":[">",20,"test"]}]}"#, "Bad numeric range operator: test", 34),
    (#"{"key":[{"numeric":[">","20","<","30"]}]}"#, "Value of > must be numeric", 26),
    (#"{"key":[{"numeric":[">",20,"<","30"]}]}"#, "Value of < must be numeric", 33),
    (#"{"key":[{"numeric":[">",20,"<",30,"<",50]}]}"#, "Too many terms in numeric range expression", 36),
    (#"{"key":[{"exists":null}]}"#, "exists match pattern must be either true or false.", 23),
    (#"{"key":[{"exists":"no"}]}"#, "exists match pattern must be either true or false.", 20),
  ]

  @Test("are refused in AWS's words, with the place where its parser stood", arguments: recorded)
  func words(_ given: (policy: String, words: String, column: Int)) {
    let expected =
      "FilterPolicy: \(given.words)\n at [Source: (String)\"\(given.policy)\"; line: 1, column: \(given.column)]"
    #expect(throws: FilterPolicyError(message: expected)) { try FilterPolicy(given.policy, .body) }
  }

  static let others: [(policy: String, scope: FilterPolicy.Scope, message: String)] = [
    ("{", .body, "FilterPolicy: failed to parse JSON."),
    ("{\"a\":[1]} x", .body, "FilterPolicy: failed to parse JSON."),
    (
      #"{"a":{"b":["c"]}}"#, .attributes,
      "Filter policy scope MessageAttributes does not support nested filter policy"
    ),
    (
      #"{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}"#, .attributes,
      "FilterPolicy: Filter policy can not have more than 5 keys"
    ),
  ]

  @Test("are refused for what they are as a whole", arguments: others)
  func whole(_ given: (policy: String, scope: FilterPolicy.Scope, message: String)) {
    #expect(throws: FilterPolicyError(message: given.message)) { try FilterPolicy(given.policy, given.scope) }
  }

  private static func list(_ count: Int) -> String {
    "[" + (0..<count).map { "\"v\($0)\"" }.joined(separator: ",") + "]"
  }

  static let sizes: [(policy: String, isTaken: Bool)] = [
    ("{\"a\":\(list(150))}", true), ("{\"a\":\(list(151))}", false),
    ("{\"a\":\(list(15)),\"b\":\(list(10))}", true), ("{\"a\":\(list(16)),\"b\":\(list(10))}", false),
    // 3 × 4 values, three and two levels deep: 3 × 4 × 2 × 3 = 72.
    ("{\"a\":{\"b\":{\"c\":\(list(4))}},\"d\":{\"e\":\(list(3))}}", true),
    ("{\"a\":{\"b\":{\"c\":\(list(6))}},\"d\":{\"e\":\(list(5))}}", false),
    ("{\"$or\":[{\"a\":\(list(75))},{\"b\":\(list(75))}]}", true),
    ("{\"$or\":[{\"a\":\(list(76))},{\"b\":\(list(75))}]}", false),
  ]

  @Test("are refused beyond 150 combinations", arguments: sizes)
  func combinations(_ given: (policy: String, isTaken: Bool)) {
    #expect(((try? FilterPolicy(given.policy, .body)) != nil) == given.isTaken)
  }

  @Test("tell the place in a text of several lines, and cut long texts as AWS's parser does")
  func places() {
    let text = "{\n  \"a\": [\n    {\"suffix\": 1}\n  ]\n}"
    #expect {
      try FilterPolicy(text, .body)
    } throws: { error in
      (error as? FilterPolicyError)?.message.hasSuffix("line: 3, column: 17]") ?? false
    }
    let long = "{\"a\":[\"\(String(repeating: "x", count: 600))\",{}]}"
    #expect {
      try FilterPolicy(long, .body)
    } throws: { error in
      (error as? FilterPolicyError)?.message.contains("\"[truncated ") ?? false
    }
  }
}
