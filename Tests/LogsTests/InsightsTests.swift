import Testing

@testable import Logs

/// AWS: CloudWatch Logs user guide, "CloudWatch Logs Insights language query syntax" and its sample queries.
struct InsightsTests {
  static let messages = [
    #"{"requestId":"r1","status":200,"latency":120,"user":{"name":"ann","roles":["admin","dev"]},"ip":"10.0.0.5"}"#,
    #"{"requestId":"r2","status":500,"latency":900,"user":{"name":"bob"},"ip":"10.0.1.7","error":"boom"}"#,
    #"{"requestId":"r3","status":404,"latency":30,"user":{"name":"ann"},"ip":"192.168.0.1"}"#,
    "ERROR user=carl, method:GET, latency := 77",
    "START RequestId: r5 Version: $LATEST",
  ]

  /// The messages a minute apart, from 1970 on.
  func run(_ query: String, limit: Int = 10_000) throws -> [[String: String]] {
    var run = QueryRun(try InsightsQuery(query), limit: limit)
    var events = InsightsTests.messages.enumerated().map { index, message in
      QueryEvent(
        time: Int64(index) * 60_000, ingestedAt: 1, stream: "s\(index % 2)", log: "1:g", pointer: "p\(index)",
        message: message)
    }
    if run.isNewestFirst { events.reverse() }
    for event in events where !run.isSatisfied { run.take(event) }
    return run.finish().map { Dictionary($0.map { ($0.field, $0.value) }, uniquingKeysWith: { $1 }) }
  }

  @Test("without commands the newest events are shown with their time and message")
  func standard() throws {
    let rows = try run("")
    #expect(rows.count == 5 && rows[0]["@message"] == InsightsTests.messages[4])
    #expect(rows[0]["@timestamp"] == "1970-01-01 00:04:00.000" && rows[0]["@ptr"] == "p4")
    #expect(try run("limit 2").map { $0["@ptr"] } == ["p4", "p3"])
  }

  @Test(
    "filters",
    arguments: [
      ("status >= 400", ["p2", "p1"]), ("status = 200 or status = 404", ["p2", "p0"]),
      ("user.name = 'ann' and latency < 100", ["p2"]), ("not ispresent(status)", ["p4", "p3"]),
      ("@message like /ERROR/", ["p3"]), ("@message like \"ERROR\"", ["p3"]), ("@message not like /r\\d/", ["p3"]),
      ("@message =~ /(?i)error user/", ["p3"]), ("status in [404, 500]", ["p2", "p1"]),
      ("status not in [404, 500] and ispresent(status)", ["p0"]), ("user.roles.1 = 'dev'", ["p0"]),
      ("isIpv4InSubnet(ip, '10.0.0.0/16')", ["p1", "p0"]), ("strcontains(@message, 'LATEST')", ["p4"]),
      ("latency / 10 + 2 > 80 and latency % 2 = 0", ["p1"]), ("@logStream = 's1'", ["p3", "p1"]),
      ("(status = 200 or status = 500) and not (latency > 500)", ["p0"]),
      ("error != 'boom'", ["p4", "p3", "p2", "p0"]),
    ])
  func filters(condition: String, expected: [String]) throws {
    #expect(try run("filter \(condition) | fields requestId").compactMap { $0["@ptr"] } == expected)
  }

  @Test("fields, functions and their names")
  func fields() throws {
    let rows = try run(
      """
      # A comment
      fields requestId, status / 100 as class, toupper(user.name) as who, strlen(user.name), abs(-3) as three,
        coalesce(error, "none") as problem, concat(ip, ':', status) as both, replace(ip, '10.', '') as short,
        floor(latency / 100), ceil(1.2) as two, datefloor(@timestamp, 2m) as floored
      | filter status = 500 | display requestId, class, who, `strlen(user.name)`, three, problem, both, short,
        `floor(latency / 100)`, two, floored
      """)
    #expect(rows.count == 1)
    let row = rows[0]
    #expect(row["requestId"] == "r2" && row["class"] == "5" && row["who"] == "BOB" && row["strlen(user.name)"] == "3")
    #expect(row["three"] == "3" && row["problem"] == "boom" && row["both"] == "10.0.1.7:500" && row["short"] == "0.1.7")
    #expect(row["floor(latency / 100)"] == "9" && row["two"] == "2" && row["floored"] == "1970-01-01 00:00:00.000")
  }

  @Test("parse with asterisks and with regular expressions")
  func parsing() throws {
    let glob = try run(
      "parse @message \"user=*, method:*, latency := *\" as user, method, latency | filter ispresent(method) | display user, method, latency"
    )
    #expect(glob.count == 1 && glob[0]["user"] == "carl" && glob[0]["method"] == "GET" && glob[0]["latency"] == "77")
    let regex = try run(
      "parse @message /RequestId: (?<id>\\w+) Version: (?<version>\\S+)/ | filter id = 'r5' | display id, version")
    #expect(try run("parse error /(?<first>b)o/ | filter first = 'b'").count == 1)
    #expect(regex[0]["id"] == "r5" && regex[0]["version"] == "$LATEST")
  }

  @Test("stats by fields and times")
  func stats() throws {
    #expect(try run("stats count(*)")[0]["count(*)"] == "5")
    let rows = try run(
      "filter ispresent(status) | stats count(*) as n, avg(latency) as mean, max(latency), min(latency), sum(latency), pct(latency, 50) as p50 by user.name | sort n desc"
    )
    #expect(rows.map { $0["user.name"] } == ["ann", "bob"])
    #expect(
      rows[0]["n"] == "2" && rows[0]["mean"] == "75" && rows[0]["max(latency)"] == "120" && rows[0]["p50"] == "75")
    #expect(rows[1]["sum(latency)"] == "900" && rows[1]["@ptr"] == nil)
    let bins = try run("stats count(*) by bin(2m) | sort `bin(2m)` desc")
    #expect(
      bins.map { $0["bin(2m)"] } == ["1970-01-01 00:04:00.000", "1970-01-01 00:02:00.000", "1970-01-01 00:00:00.000"])
    #expect(bins.map { $0["count(*)"] } == ["1", "2", "2"])
    #expect(
      try run("stats count_distinct(user.name) as users, earliest(requestId), latest(requestId)")[0]["users"] == "2")
    #expect(try run("stats earliest(requestId) as e, latest(requestId) as l")[0] == ["e": "r1", "l": "r3"])
    #expect(try run("stats count(*) by user.name | sort count(*) desc | limit 1").count == 1)
  }

  @Test("sort, limit and dedup")
  func ordering() throws {
    #expect(
      try run("fields latency | filter ispresent(latency) | sort latency asc | limit 2").map { $0["latency"] } == [
        "30", "120",
      ])
    #expect(
      try run("filter ispresent(user.name) | sort latency desc | dedup user.name | display requestId").map {
        $0["requestId"]
      } == ["r2", "r1"])
    #expect(
      try run("filter ispresent(user.name) | dedup user.name | display requestId").map { $0["requestId"] } == [
        "r3", "r2",
      ])
    #expect(try run("sort @timestamp asc", limit: 1)[0]["@ptr"] == "p0")
  }

  @Test(
    "queries that can't be read, and where",
    arguments: [
      "fields", "bogus x", "filter (a = 1", "stats foo(x)", "filter x like", "limit x", "parse @message 'a*b' as x, y",
      "filter unknown(x) = 1", "fields 'open", "pattern @message", "filter a = 1 )",
    ])
  func unreadable(query: String) { #expect(throws: QueryProblem.self) { try InsightsQuery(query) } }

  @Test("problems say where they are")
  func places() {
    do { _ = try InsightsQuery("fields a\n| filter a ! b") } catch {
      #expect(error.start == 20 && error.message.contains("!"))
    }
    do { _ = try InsightsQuery("fields a\n| wrong a") } catch {
      #expect(error.message == "unexpected symbol found wrong at line 2 and position 2")
    }
  }
}
