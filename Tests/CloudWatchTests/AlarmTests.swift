import Testing

@testable import CloudWatch

/// AWS: CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data", its two tables.
struct AlarmTests {
  static let verdicts: [(String, Int, [String])] = [
    // Three out of three: missing, ignore, breaching, notBreaching.
    ("0-X-X", 3, ["OK", "OK", "OK", "OK"]), ("----0", 3, ["OK", "OK", "OK", "OK"]),
    ("-----", 3, ["INSUFFICIENT_DATA", "keep", "ALARM", "OK"]), ("0XX-X", 3, ["ALARM", "ALARM", "ALARM", "ALARM"]),
    ("--X--", 3, ["ALARM", "keep", "ALARM", "OK"]),
    // Two out of three.
    ("0-X-X", 2, ["ALARM", "ALARM", "ALARM", "ALARM"]), ("00X0X", 2, ["ALARM", "ALARM", "ALARM", "ALARM"]),
    ("0-X--", 2, ["OK", "OK", "ALARM", "OK"]), ("----0", 2, ["OK", "OK", "ALARM", "OK"]),
    ("---X-", 2, ["ALARM", "keep", "ALARM", "OK"]),
  ]

  @Test("AWS's tables of missing data", arguments: verdicts)
  func missing(points: String, needed: Int, expected: [String]) {
    let values: [Bool?] = points.map { $0 == "-" ? nil : $0 == "X" }
    let found = [AlarmJudgement.Missing.missing, .ignore, .breaching, .notBreaching].map { missing in
      switch AlarmJudgement.judge(values, periods: 3, needed: needed, missing: missing) {
      case .state(let state): state.rawValue
      case .keep: "keep"
      }
    }
    #expect(found == expected)
  }

  @Test(
    "rules of composite alarms",
    arguments: [
      ("ALARM(a)", true), ("OK(a)", false), ("ALARM(\"a\") AND OK(b)", true),
      ("NOT ALARM(a) OR INSUFFICIENT_DATA(c)", true),
      ("ALARM(a) AND (ALARM(b) OR ALARM(c))", false), ("TRUE AND NOT FALSE", true),
      ("ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:a)", true), ("ALARM(gone)", false),
    ])
  func rules(text: String, holds: Bool) throws {
    let states: [String: AlarmState] = ["a": .alarm, "b": .ok, "c": .insufficientData]
    let rule = try #require(CompositeRule(text))
    #expect(rule.holds { states[$0] } == holds)
  }

  @Test(
    "rules that can't be read", arguments: ["", "ALARM", "ALARM(a", "ALARM(a) ALARM(b)", "AND", "MAYBE(a)", "(TRUE"])
  func unreadable(text: String) { #expect(CompositeRule(text) == nil) }
}
