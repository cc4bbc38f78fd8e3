import Cloud
import Foundation
import Wire

/// StartQuery, GetQueryResults, StopQuery and DescribeQueries.
enum Queries {
  /// AWS: StartQuery: "up to 100 concurrent CloudWatch Logs insights queries".
  static let concurrency = 100
  /// AWS: CloudWatch Logs quotas: log groups of one query.
  static let groupLimit = 50
  static let standardLimit = 10_000

  static func start(
    _ input: StartQueryRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> StartQueryResponse {
    let scope = Scope(try context.account, context.region)
    guard input.queryLanguage ?? "CWLI" == "CWLI" else {
      throw .notImplemented("StartQuery in \(input.queryLanguage ?? "")", of: "logs")
    }
    do throws(QueryProblem) { _ = try InsightsQuery(input.queryString) } catch { throw malformed(error) }
    var groups: [QueryRecord.GroupName] = []
    for location in try locations(input, context) {
      let group = try location.group(transaction)
      try Encryption.requireKey(of: group, at: location, context, transaction)
      groups.append(QueryRecord.GroupName(name: group.name, id: group.id))
    }
    let (start, end) = (milliseconds(input.startTime), milliseconds(input.endTime))
    // unverified: words
    guard start <= end else { throw .invalidParameter("End time should not be before start time.") }
    if try transaction.count(QueryRecord.self, by: QueryRecord.byWork, in: scope, limit: concurrency) >= concurrency {
      throw .limitExceeded("Account maximum query concurrency limit of [\(concurrency)] reached.")
    }
    let record = QueryRecord(
      id: transaction.random.uuid(), groups: groups, text: input.queryString, status: .scheduled,
      createdAt: transaction.now.milliseconds, start: start, end: end, limit: input.limit ?? standardLimit,
      caller: context.caller.arn)
    try transaction.insert(record, in: scope)
    try transaction.request(
      WorkRequest(service: LogsService.name, name: QueryWork.name, in: scope, content: Data(record.id.utf8)))
    try transaction.schedule(
      TimerRequest(
        service: LogsService.name, name: Key(.string("query"), .string(record.id), .integer(0)), in: scope,
        due: transaction.now.adding(seconds: QueryRecord.lifetime), isAwaited: false))
    return StartQueryResponse(queryId: record.id)
  }

  static func startAccess(
    _ input: StartQueryRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    var checks: [AccessCheck] = []
    for location in try locations(input, context) {
      checks += try Access.group("StartQuery", location, context, transaction)
    }
    return checks
  }

  /// The groups of a query, which are named in one of three ways.
  private static func locations(
    _ input: StartQueryRequest, _ context: Context
  ) throws(AWSError) -> [GroupLocation] {
    let ways = [input.logGroupName.map { [$0] }, input.logGroupNames, input.logGroupIdentifiers].compactMap { $0 }
    guard ways.count == 1, let names = ways.first, !names.isEmpty, names.count <= groupLimit else {
      // unverified: words
      throw .invalidParameter(
        "Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must name up to \(groupLimit) log groups.")
    }
    var locations: [GroupLocation] = []
    for name in names { locations.append(try GroupLocation(identifier: name, context)) }
    return locations
  }

  /// AWS: StartQuery: seconds since 1970; milliseconds are taken, too.
  private static func milliseconds(_ time: Int) -> Int64 {
    time < 100_000_000_000 ? Int64(time) * 1000 : Int64(time)
  }

  static func malformed(_ problem: QueryProblem) -> AWSError {
    var location = StructureValue(count: 2)
    location.set(0, integer: problem.start)
    location.set(1, integer: problem.end)
    var compile = StructureValue(count: 2)
    compile[0] = .structure(location)
    compile.set(1, string: problem.message)
    return AWSError("MalformedQueryException", problem.message, fields: [("queryCompileError", .structure(compile))])
  }

  // MARK: Results

  static func results(
    _ input: GetQueryResultsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetQueryResultsResponse {
    let scope = Scope(try context.account, context.region)
    let record = try find(input.queryId, scope, transaction)
    var offset = 0
    if let token = input.nextToken {
      guard let read = Int(try PageToken.name(token)), read >= 0, read <= record.rows else { throw .invalidToken() }
      offset = read
    }
    let limit = max(1, min(input.maxItems ?? standardLimit, standardLimit))
    let end = min(offset + limit, record.rows)
    var lines: [[String]] = []
    var part = offset / QueryResultRecord.size
    while part * QueryResultRecord.size < end {
      let key = Key(.string(record.id), .integer(Int64(part)))
      guard let piece = try transaction.get(QueryResultRecord.self, key, in: scope) else { break }
      let first = part * QueryResultRecord.size
      lines += piece.lines[max(0, offset - first)..<max(max(0, offset - first), min(piece.lines.count, end - first))]
      part += 1
    }
    return GetQueryResultsResponse(
      queryLanguage: "CWLI",
      results: lines.map { line in
        stride(from: 0, to: line.count - 1, by: 2).map { ResultField(field: line[$0], value: line[$0 + 1]) }
      },
      statistics: QueryStatistics(
        recordsMatched: Double(record.statistics.matched), recordsScanned: Double(record.statistics.scanned),
        estimatedRecordsSkipped: 0, bytesScanned: Double(record.statistics.bytes), estimatedBytesSkipped: 0,
        logGroupsScanned: Double(record.groups.count)),
      status: record.status.rawValue, nextToken: end < record.rows ? PageToken.text(String(end)) : nil)
  }

  static func stop(
    _ input: StopQueryRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> StopQueryResponse {
    let scope = Scope(try context.account, context.region)
    let old = try find(input.queryId, scope, transaction)
    if old.status.isOver {
      // unverified: words
      throw .invalidParameter("The query has already ended with status \(old.status.rawValue).")
    }
    var new = old
    new.status = .cancelled
    new.endedAt = transaction.now.milliseconds
    try transaction.update(old, to: new, in: scope)
    return StopQueryResponse(success: true)
  }

  static func describe(
    _ input: DescribeQueriesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeQueriesResponse {
    let scope = Scope(try context.account, context.region)
    if let name = input.logGroupName { _ = try GroupLocation(name: name, context).group(transaction) }
    let all = try transaction.scan(QueryRecord.self, by: QueryRecord.byTime, in: scope, reversed: true).filter {
      query in
      (input.status ?? query.status.rawValue) == query.status.rawValue
        && (input.logGroupName.map { name in query.groups.contains { $0.name == name } } ?? true)
    }
    var rest = all[...]
    if let token = input.nextToken {
      let last = try PageToken.name(token)
      rest = rest.drop { $0.id != last }.dropFirst()
    }
    let shown = rest.prefix(input.maxResults ?? 1000)
    return DescribeQueriesResponse(
      queries: shown.map { query in
        QueryInfo(
          queryLanguage: "CWLI", queryId: query.id, queryString: query.text, status: query.status.rawValue,
          createTime: Int(query.createdAt), logGroupName: query.groups.first?.name,
          queryDuration: query.endedAt.map { Int($0 - query.createdAt) },
          bytesScanned: Double(query.statistics.bytes), userIdentity: query.caller)
      }, nextToken: rest.count > shown.count ? shown.last.map { PageToken.text($0.id) } : nil)
  }

  private static func find(
    _ id: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> QueryRecord {
    guard let record = try transaction.get(QueryRecord.self, Key(id), in: scope) else {
      // unverified: words
      throw .resourceNotFound("Query with ID \(id) does not exist.")
    }
    return record
  }

  /// Forgets a query seven days after it was started.
  static func forget(_ id: String, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    try transaction.delete(QueryRecord.self, Key(id), in: scope)
    for piece in try transaction.scan(QueryResultRecord.self, in: scope, .prefix(.string(id))) {
      try transaction.delete(piece, in: scope)
    }
  }
}
