import Testing

@testable import CloudWatch

/// AWS: CloudWatch user guide, "Using math expressions with CloudWatch metrics".
struct MathTests {
  static let surroundings = MathSurroundings(
    series: [
      "m1": MathSeries(points: [0: 10, 60_000: 20, 120_000: 30], period: 60_000),
      "m2": MathSeries(points: [0: 1, 120_000: 3], period: 60_000),
    ], metrics: ["m1", "m2"], period: 60_000, start: 0, end: 240_000)

  static let series: [(String, [Int64: Double])] = [
    ("m1 + 1", [0: 11, 60_000: 21, 120_000: 31]), ("m1 / m2", [0: 10, 120_000: 10]),
    ("-m1 * 2", [0: -20, 60_000: -40, 120_000: -60]), ("m1 > 15", [0: 0, 60_000: 1, 120_000: 1]),
    ("SUM([m1, m2])", [0: 11, 60_000: 20, 120_000: 33]), ("SUM(METRICS())", [0: 11, 60_000: 20, 120_000: 33]),
    ("m1 / SUM(m1) * 60", [0: 10, 60_000: 20, 120_000: 30]),
    ("FILL(m2, 0)", [0: 1, 60_000: 0, 120_000: 3, 180_000: 0]),
    ("FILL(m2, REPEAT)", [0: 1, 60_000: 1, 120_000: 3, 180_000: 3]),
    ("FILL(m2, LINEAR)", [0: 1, 60_000: 2, 120_000: 3]),
    ("RATE(m1) * 60", [60_000: 10, 120_000: 10]), ("DIFF(m1)", [60_000: 10, 120_000: 10]),
    ("RUNNING_SUM(m1)", [0: 10, 60_000: 30, 120_000: 60]), ("IF(m1 > 15, m1, 0)", [0: 0, 60_000: 20, 120_000: 30]),
    ("IF(m1 > 15, m1)", [60_000: 20, 120_000: 30]), ("MAX([m1, m2 * 20])", [0: 20, 60_000: 20, 120_000: 60]),
    ("m1 - AVG(m1)", [0: -10, 60_000: 0, 120_000: 10]), ("2 ^ m2", [0: 2, 120_000: 8]),
    ("CEIL(m2 / 2)", [0: 1, 120_000: 2]), ("m1 / 0", [:]),
  ]

  @Test("expressions that come to series", arguments: series)
  func expressions(text: String, expected: [Int64: Double]) throws {
    let value = try MathExpression(text).value(MathTests.surroundings)
    #expect(try value.points(MathTests.surroundings) == expected)
  }

  @Test(
    "expressions that come to numbers",
    arguments: [
      ("SUM(m1)", 60.0), ("AVG(m1)", 20), ("MIN(m1)", 10), ("MAX(m1)", 30), ("PERIOD(m1)", 60), ("LAST(m1)", 30),
      ("DATAPOINT_COUNT(m2)", 2), ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9),
    ])
  func numbers(text: String, expected: Double) throws {
    #expect(try MathExpression(text).value(MathTests.surroundings) == .scalar(expected))
  }

  @Test(
    "expressions that can't be read", arguments: ["", "m1 +", "(m1", "FOO(m1)", "SEARCH('a', 'b', 1)", "m1 m2", "$"])
  func unreadable(text: String) { #expect(throws: MathProblem.self) { try MathExpression(text) } }

  @Test("statistics and percentiles")
  func statistics() throws {
    var value = StatisticValue(1)
    for number in 2...100 { value.add(StatisticValue(Double(number))) }
    #expect(value.count == 100 && value.sum == 5050 && value.minimum == 1 && value.maximum == 100)
    #expect(try #require(MetricStatistic("p90")).value(of: value) == 90)
    #expect(try #require(MetricStatistic("p99.9")).value(of: value) == 100)
    #expect(MetricStatistic("Average")?.value(of: value) == 50.5)
    value.add(StatisticValue(count: 2, sum: 3, minimum: 1, maximum: 2))
    #expect(MetricStatistic("p50")?.value(of: value) == nil && value.count == 102)
    #expect(MetricStatistic("p101") == nil && MetricStatistic("Middle") == nil)
    #expect(StatisticValue(count: 4, sum: 8, minimum: 2, maximum: 2).percentile(50) == 2)
  }
}
