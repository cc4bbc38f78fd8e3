import Testing

@testable import Policy

/// One row: operator, policy values, the request's value, whether the condition holds.
struct OperatorRow: Sendable, CustomTestStringConvertible {
  let name: String
  let wanted: [String]
  let had: ConditionContext.Value?
  let holds: Bool

  init(_ name: String, _ wanted: [String], _ had: ConditionContext.Value?, _ holds: Bool) {
    self.name = name
    self.wanted = wanted
    self.had = had
    self.holds = holds
  }

  var testDescription: String { "\(name) \(wanted) against \(had.map { "\($0.all)" } ?? "nothing")" }
}

@Suite("Condition operators")
struct OperatorTests {
  static let rows: [OperatorRow] = [
    .init("StringEquals", ["a"], "a", true), .init("StringEquals", ["a"], "A", false),
    .init("StringEquals", ["a*"], "ab", false), .init("stringequals", ["a"], "a", true),
    .init("StringEqualsIgnoreCase", ["É"], "é", true), .init("StringEqualsIgnoreCase", ["ß"], "SS", false),
    .init("StringNotEquals", ["a", "b"], "b", false), .init("StringNotEquals", ["a", "b"], "c", true),
    .init("StringLike", ["a*", "b?"], "bc", true), .init("StringNotLike", ["a*"], "ba", true),
    // Composed and decomposed letters are different strings.
    .init("StringEquals", ["\u{E9}"], "e\u{301}", false),
    .init("NumericEquals", ["1"], "01", true), .init("NumericEquals", ["1"], "1e0", true),
    .init("NumericEquals", ["1"], "+1", true), .init("NumericEquals", ["1"], "NaN", false),
    .init("NumericNotEquals", ["1"], "NaN", true), .init("NumericNotEquals", ["1"], "", true),
    .init("NumericLessThan", ["10"], "9.5", true), .init("NumericLessThan", ["10"], "10", false),
    .init("NumericLessThanEquals", ["10"], "10.0", true), .init("NumericGreaterThan", ["-3"], "-2", true),
    .init("NumericGreaterThanEquals", ["x"], "1", false), .init("NumericEquals", ["0x10"], "16", false),
    .init("DateEquals", ["2024-01-01T09:00:00+09:00"], "2024-01-01", true),
    .init("DateEquals", ["1704067200"], "2024-01-01T00:00:00Z", true),
    .init("DateLessThan", ["2024-01-01T00:00:00.500Z"], "2024-01-01T00:00:00.499Z", true),
    .init("DateGreaterThan", ["2024"], "2024-01-01T00:00:01Z", true),
    .init("DateNotEquals", ["2024"], "tomorrow", true), .init("DateEquals", ["2023-02-29"], "2023-02-29", false),
    .init("DateEquals", ["2024-02-29"], "2024-02-29T00:00Z", true),
    .init("Bool", ["true"], "TRUE", true), .init("Bool", ["false"], "garbage", true),
    .init("Bool", ["true"], "1", false),
    .init("BinaryEquals", ["QUJD"], "QUJD\n", true), .init("BinaryEquals", ["QUI="], "QUI", false),
    .init("IpAddress", ["10.0.0.5/8"], "10.9.9.9", true), .init("IpAddress", ["203.0.113.9"], "203.0.113.9", true),
    .init("IpAddress", ["203.0.113.9"], "203.0.113.8", false),
    .init("IpAddress", ["010.001.000.000/16"], "10.1.2.3", true),
    .init("IpAddress", ["2001:db8::/32"], "2001:DB8:1::1", true),
    .init("IpAddress", ["2001:db8::5/64"], "2001:db8::5", false),
    .init("IpAddress", ["10.0.0.0/8"], "::ffff:10.1.1.1", true), .init("IpAddress", ["::/0"], "10.1.1.1", false),
    .init("NotIpAddress", ["10.0.0.0/8"], "11.0.0.1", true), .init("NotIpAddress", ["10.0.0.0/8"], "nope", false),
    .init("IpAddress", ["0.0.0.0/0"], "nope", false),
    .init("ArnLike", ["arn:aws:sns:*:1:*"], "arn:aws:sns:eu:1:t", true),
    .init("ArnEquals", ["arn:aws:sns:*:1:*"], "arn:aws:sns:eu:1:t", true),
    .init("ArnLike", ["arn:aws:x:*:1:a"], "arn:aws:x:eu:2:1:a", false),
    .init("ArnLike", ["*"], "arn:aws:sns:eu:1:t", false), .init("ArnNotLike", ["arn:aws:sns:*:1:*"], "nope", false),
    .init("ArnNotEquals", ["arn:aws:sns:*:1:*"], "arn:aws:sns:eu:2:t", true),
    .init("Null", ["true"], nil, true), .init("Null", ["false"], nil, false), .init("Null", ["false"], "", true),
    .init("Null", ["true"], "", false), .init("Null", ["true"], [], true),
    // A key that is absent.
    .init("StringEquals", ["a"], nil, false), .init("StringNotEquals", ["a"], nil, true),
    .init("StringEqualsIfExists", ["a"], nil, true), .init("StringEqualsIfExists", ["a"], "b", false),
    .init("NotIpAddress", ["10.0.0.0/8"], nil, true), .init("Bool", ["false"], nil, false),
    .init("ForAllValues:StringEquals", ["a"], nil, true), .init("ForAllValues:StringEquals", ["a"], [], true),
    .init("ForAnyValue:StringEquals", ["a"], nil, false), .init("ForAnyValue:StringNotEquals", ["a"], nil, false),
    .init("ForAnyValue:StringEqualsIfExists", ["a"], [], true),
    // Several values.
    .init("ForAllValues:StringEquals", ["a", "b"], ["a", "b", "a"], true),
    .init("ForAllValues:StringEquals", ["a"], ["a", "c"], false),
    .init("ForAnyValue:StringLike", ["x*"], ["a", "xy"], true),
    .init("ForAnyValue:StringNotEquals", ["a"], ["a", "z"], true),
    .init("ForAllValues:StringNotEquals", ["a"], ["z", "a"], false),
    .init("ForAllValues:StringEquals", ["a"], "a", true),
    // A multi-valued key never matches an operator without a quantifier.
    .init("StringEquals", ["a"], ["a"], false), .init("StringNotEquals", ["a"], ["z"], false),
    .init("StringEqualsIfExists", ["a"], ["a"], false),
    // What is no operator.
    .init("StringIs", ["a"], "a", false), .init("StringIsIfExists", ["a"], nil, false),
  ]

  @Test("an operator holds exactly when AWS says so", arguments: rows)
  func row(_ row: OperatorRow) {
    let clause = ConditionClause(operator: row.name, key: "test:k", values: row.wanted, variables: true)
    var context = ConditionContext()
    context["Test:K"] = row.had
    #expect(clause.holds(context) == row.holds)
  }

  @Test("a variable without a value equals nothing, so that negated operators hold")
  func variables() {
    func holds(_ name: String, _ value: String, _ context: ConditionContext, variables: Bool = true) -> Bool {
      ConditionClause(operator: name, key: "test:k", values: [value], variables: variables).holds(context)
    }
    #expect(holds("StringEquals", "${aws:username}", ["test:k": "ann", "aws:username": "ann"]))
    #expect(!holds("StringEquals", "${aws:username}", ["test:k": "ann"]))
    #expect(holds("StringNotEquals", "${aws:username}", ["test:k": "ann"]))
    #expect(holds("StringEquals", "${aws:username, 'ann'}", ["test:k": "ann"]))
    #expect(holds("StringEquals", "${aws:username}", ["test:k": "${aws:username}"], variables: false))
    #expect(holds("StringLike", "a${*}c", ["test:k": "a*c"]))
    #expect(!holds("StringLike", "a${*}c", ["test:k": "abc"]))
    #expect(holds("Bool", "${test:flag}", ["test:k": "true", "test:flag": "true"]))
    #expect(!holds("NumericEquals", "${test:n}", ["test:k": "1", "test:n": "1"]))
  }
}
