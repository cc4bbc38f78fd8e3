import Cloud
import Testing
import Wire

@testable import SWF

@Suite struct ExecutionFilterTests {
  private let span = ExecutionTimeFilter(
    oldestDate: Timestamp(milliseconds: 1000), latestDate: Timestamp(milliseconds: 2000))

  private func run(
    _ workflowID: String = "w", type: String = "T", version: String = "1", tags: [String] = [], at start: Int64 = 1500,
    closed: (status: String, at: Int64)? = nil
  ) -> ExecutionRecord {
    let record = ExecutionRecord(
      number: 1, domain: "d", workflowID: workflowID, runID: "r", type: TypeName(name: type, version: version),
      startedAt: start,
      configuration: ExecutionRecord.Configuration(
        executionStartToCloseTimeout: "60", taskStartToCloseTimeout: "10", taskList: "l", childPolicy: "ABANDON"),
      tags: tags)
    return closed.map { record.closed($0.status, at: $0.at, lastEventID: 3, latestActivityAt: 0) } ?? record
  }

  @Test("both ends of a span are part of it", arguments: [(999, false), (1000, true), (2000, true), (2001, false)])
  func span(start: Int64, isIn: Bool) throws {
    let filter = try ExecutionFilter(open: "d", start: span, execution: nil, type: nil, tag: nil)
    #expect(filter.matches(run(at: start)) == isIn)
  }

  @Test("open runs are no closed ones, and closed ones no open ones")
  func status() throws {
    let open = try ExecutionFilter(open: "d", start: span, execution: nil, type: nil, tag: nil)
    let closed = try ExecutionFilter(
      closed: "d", start: span, close: nil, execution: nil, type: nil, tag: nil, closeStatus: nil)
    let (running, done) = (run(), run(closed: ("COMPLETED", 9000)))
    #expect(open.matches(running) && !open.matches(done))
    #expect(!closed.matches(running) && closed.matches(done))
  }

  @Test("a filter by the time of closing looks at that time only")
  func closeTime() throws {
    let filter = try ExecutionFilter(
      closed: "d", start: nil, close: span, execution: nil, type: nil, tag: nil, closeStatus: nil)
    #expect(filter.matches(run(at: 0, closed: ("FAILED", 2000))))
    #expect(!filter.matches(run(at: 1500, closed: ("FAILED", 2001))))
  }

  @Test("a type filter without a version means all versions; with one, that one")
  func types() throws {
    func filter(_ version: String?) throws -> ExecutionFilter {
      try ExecutionFilter(
        open: "d", start: span, execution: nil, type: WorkflowTypeFilter(name: "T", version: version), tag: nil)
    }
    #expect(try filter(nil).matches(run(version: "2")))
    #expect(try filter("").matches(run(version: "2")))
    #expect(try filter("2").matches(run(version: "2")))
    #expect(try !filter("1").matches(run(version: "2")))
    #expect(try !filter(nil).matches(run(type: "U")))
  }

  @Test("ids, tags and close statuses match whole")
  func exact() throws {
    let tagged = try ExecutionFilter(open: "d", start: span, execution: nil, type: nil, tag: TagFilter(tag: "red"))
    #expect(tagged.matches(run(tags: ["blue", "red"])))
    #expect(!tagged.matches(run(tags: ["redder", "RED"])))
    let named = try ExecutionFilter(
      open: "d", start: span, execution: WorkflowExecutionFilter(workflowId: "w"), type: nil, tag: nil)
    #expect(named.matches(run("w")) && !named.matches(run("ww")))
    let failed = try ExecutionFilter(
      closed: "d", start: span, close: nil, execution: nil, type: nil, tag: nil,
      closeStatus: CloseStatusFilter(status: "FAILED"))
    #expect(failed.matches(run(closed: ("FAILED", 1))) && !failed.matches(run(closed: ("COMPLETED", 1))))
  }

  @Test("filters exclude each other, and closed runs need a span of time")
  func exclusive() {
    let execution = WorkflowExecutionFilter(workflowId: "w")
    let tag = TagFilter(tag: "t")
    let status = CloseStatusFilter(status: "FAILED")
    let errors = [
      #expect(throws: AWSError.self) {
        try ExecutionFilter(open: "d", start: span, execution: execution, type: nil, tag: tag)
      },
      #expect(throws: AWSError.self) {
        try ExecutionFilter(
          closed: "d", start: span, close: nil, execution: nil, type: nil, tag: tag, closeStatus: status)
      },
      #expect(throws: AWSError.self) {
        try ExecutionFilter(
          closed: "d", start: span, close: span, execution: nil, type: nil, tag: nil, closeStatus: nil)
      },
    ]
    for error in errors {
      #expect(error?.message.hasPrefix("Cannot specify more than one exclusive filters in the same query: ") == true)
    }
    let missing = #expect(throws: AWSError.self) {
      try ExecutionFilter(
        closed: "d", start: nil, close: nil, execution: nil, type: nil, tag: nil, closeStatus: nil)
    }
    #expect(missing?.message == "Must specify time filter")
  }
}

@Suite struct PageTokenTests {
  private let now = Timestamp(milliseconds: 1_700_000_000_000)

  @Test("a token leads back to the place it was given for")
  func roundTrip() throws {
    let key = Key(.string("d/é:\u{0}"), .integer(-5), .string(""), .integer(.max))
    let token = PageToken("ListDomains", behind: key, at: now).text
    #expect(try PageToken.key(token, of: "ListDomains", at: now) == key)
    #expect(try PageToken.key(nil, of: "ListDomains", at: now) == nil)
  }

  @Test("a token of another operation, a garbled one and one a day old are refused")
  func refused() {
    let token = PageToken("ListDomains", behind: Key("a"), at: now).text
    for (text, operation, later) in [
      (token, "ListWorkflowTypes", 0), ("x" + token, "ListDomains", 0), ("e30=", "ListDomains", 0),
      (token, "ListDomains", 86_400_001),
    ] {
      #expect(throws: AWSError.self) {
        try PageToken.key(text, of: operation, at: now.adding(milliseconds: Int64(later)))
      }
    }
  }

  @Test("no size, and a size of 0, mean a thousand", arguments: [(nil, 1000), (0, 1000), (1, 1), (1000, 1000)])
  func sizes(given: Int?, size: Int) { #expect(PageToken.size(given) == size) }
}
