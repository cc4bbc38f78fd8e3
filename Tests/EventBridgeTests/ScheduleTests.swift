import Testing
import Wire

@testable import EventBridge

@Suite("Schedules")
struct ScheduleTests {
  /// From Thursday, 2026-01-15 10:20:30 UTC.
  static let crons: [(expression: String, next: [String])] = [
    ("cron(0 10 * * ? *)", ["2026-01-16T10:00:00Z", "2026-01-17T10:00:00Z"]),
    ("cron(15 12 * * ? *)", ["2026-01-15T12:15:00Z"]),
    ("cron(0 18 ? * MON-FRI *)", ["2026-01-15T18:00:00Z", "2026-01-16T18:00:00Z", "2026-01-19T18:00:00Z"]),
    ("cron(0 8 1 * ? *)", ["2026-02-01T08:00:00Z", "2026-03-01T08:00:00Z"]),
    ("cron(0/15 * * * ? *)", ["2026-01-15T10:30:00Z", "2026-01-15T10:45:00Z"]),
    ("cron(0/10 * ? * MON-FRI *)", ["2026-01-15T10:30:00Z"]),
    ("cron(0/5 8-17 ? * mon-fri *)", ["2026-01-15T10:25:00Z"]),
    ("cron(0/30 20-2 ? * MON-FRI *)", ["2026-01-15T20:00:00Z"]),
    ("cron(0 0 L * ? *)", ["2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"]),
    ("cron(0 0 ? * L *)", ["2026-01-17T00:00:00Z"]),
    ("cron(0 0 ? * 6L *)", ["2026-01-30T00:00:00Z", "2026-02-27T00:00:00Z"]),
    ("cron(0 0 ? * FRIL *)", ["2026-01-30T00:00:00Z"]),
    ("cron(0 0 ? * 3#2 *)", ["2026-02-10T00:00:00Z", "2026-03-10T00:00:00Z"]),
    ("cron(0 0 ? * MON#5 *)", ["2026-03-30T00:00:00Z"]),
    // 2026-02-01 is a Sunday, 2026-08-15 a Saturday, 2026-05-31 a Sunday at the month's end.
    ("cron(0 0 1W 2 ? *)", ["2026-02-02T00:00:00Z"]),
    ("cron(0 0 15W 8 ? *)", ["2026-08-14T00:00:00Z"]),
    ("cron(0 0 31W 5 ? *)", ["2026-05-29T00:00:00Z"]),
    ("cron(0 0 1W 8 ? *)", ["2026-08-03T00:00:00Z"]),
    ("cron(0 0 29 2 ? *)", ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
    ("cron(0 0 1,15 JAN,JUL ? 2027-2028)", ["2027-01-01T00:00:00Z", "2027-01-15T00:00:00Z", "2027-07-01T00:00:00Z"]),
    ("cron(0 0 1 1 ? 2020)", []),
    ("cron(20 10 * * ? *)", ["2026-01-16T10:20:00Z"]),
  ]

  @Test("cron expressions", arguments: crons) func cron(_ test: (expression: String, next: [String])) throws {
    let schedule = try #require(ScheduleExpression(test.expression))
    var time = try #require(Timestamp(iso8601: "2026-01-15T10:20:30Z"))
    for wanted in test.next {
      time = try #require(schedule.next(after: time, anchor: time))
      #expect(time.iso8601 == wanted)
    }
    if test.next.isEmpty { #expect(schedule.next(after: time, anchor: time) == nil) }
  }

  @Test(
    "rates count from their beginning",
    arguments: [("rate(5 minutes)", 300), ("rate(1 minute)", 60), ("rate(2 hours)", 7200), ("rate(1 day)", 86_400)])
  func rate(_ expression: String, _ seconds: Int64) throws {
    let schedule = try #require(ScheduleExpression(expression))
    let start = Timestamp(seconds: 1_000_007)
    #expect(schedule.next(after: start, anchor: start) == start.adding(seconds: seconds))
    #expect(schedule.next(after: start.adding(seconds: seconds), anchor: start) == start.adding(seconds: 2 * seconds))
  }

  @Test(
    "what AWS refuses",
    arguments: [
      "rate(1 minutes)", "rate(5 minute)", "rate(0 minutes)", "rate(-1 minutes)", "rate(5 seconds)", "rate(5  minutes)",
      "rate(5minutes)", "Rate(5 minutes)", "rate(1.5 hours)", "cron(* * * * * *)", "cron(0 10 ? * ? *)",
      "cron(0 10 * * ?)",
      "cron(60 10 * * ? *)", "cron(0 24 * * ? *)", "cron(0 0 0 * ? *)", "cron(0 0 32 * ? *)", "cron(0 0 ? * 8 *)",
      "cron(0 0 ? * 3#6 *)", "cron(0 0 ? * 3#1,6#3 *)", "cron(0 0 * 13 ? *)", "cron(0 0 * * ? 1969)",
      "cron(0 0 * * MON *)",
      "cron(*/0 * * * ? *)", "at(2026-01-01T00:00:00)", "0 10 * * ? *", "",
    ])
  func refused(_ expression: String) { #expect(ScheduleExpression(expression) == nil) }
}
