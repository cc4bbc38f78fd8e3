import Cloud
import Checksums
import Synchronization
import Wire

/// LookupEvents: the search runs beside the store's thread, and the handler waits for it.
///
/// State: the results that are ready, and when accounts last asked, in `Mutex`es.
final class LookingUp: Sendable {
  private let house: TrailHouse
  private let results = Mutex<[String: EventHistory.Page]>([:])
  private let rates = Mutex<[AccountID: [Int64]]>([:])

  init(_ house: TrailHouse) { self.house = house }

  func run(
    _ input: LookupEventsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<LookupEventsResponse> {
    if let page = results.withLock({ $0.removeValue(forKey: context.requestID) }) {
      return .answer(try answer(page, input, context, transaction))
    }
    let isFirst = transaction.now == transaction.began
    let query = try LookingUp.query(input, context, transaction.now)
    // An event of insight is none that happens here.
    guard input.eventCategory == nil, let history = house.history else {
      return .answer(LookupEventsResponse(events: []))
    }
    let token = try input.nextToken.map { text throws(AWSError) in try LookingUp.read(text, query) }
    if isFirst, house.hasAWSLimits { try limit(context, transaction.now) }
    let (id, catalog, store) = (context.requestID, house.catalog, house.store)
    let limit = input.maxResults ?? LookingUp.pageSize
    let topic = Topic("cloudtrail/lookup/\(id)", in: .global)
    Task {
      let page = await history.search(query, from: token, limit: limit, catalog)
      results.withLock { results in
        // Callers that went away leave theirs behind; whose is lost here searches again.
        if results.count >= LookingUp.resultLimit { results.removeAll() }
        results[id] = page
      }
      try? await store.transact { transaction throws(AWSError) in transaction.signal(topic) }
    }
    // It comes as soon as the search is done; what isn't done by then is searched again.
    return .wait(Wait(for: [topic], until: transaction.now.adding(seconds: 60)))
  }

  /// AWS: CloudTrail API, LookupEvents: `MaxResults` is 1 to 50, 50 if it isn't there.
  private static let pageSize = 50
  private static let resultLimit = 256
  private static let days: Int64 = 90

  private func answer(
    _ page: EventHistory.Page, _ input: LookupEventsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> LookupEventsResponse {
    let query = try LookingUp.query(input, context, transaction.began)
    return LookupEventsResponse(
      events: page.records.map { record in
        Event(
          eventId: record.id.description, eventName: record.name, readOnly: record.isReadOnly ? "true" : "false",
          accessKeyId: record.entry.caller.accessKeyID, eventTime: record.entry.time.wholeSeconds,
          eventSource: record.source, username: record.entry.caller.historyName,
          resources: HistoryResources.of(record).map { Resource(resourceType: $0.type, resourceName: $0.name) },
          cloudTrailEvent: record.json.text)
      }, nextToken: page.next.map { LookingUp.write($0, query) })
  }

  private static func query(
    _ input: LookupEventsRequest, _ context: Context, _ now: Timestamp
  ) throws(AWSError) -> HistoryQuery {
    if let size = input.maxResults, !(1...50).contains(size) {
      throw AWSError(
        "InvalidMaxResultsException", "The max results value should be between 1 and 50.")  // unverified: words
    }
    let attributes = input.lookupAttributes ?? []
    guard attributes.count <= 1 else {
      // unverified: words
      throw AWSError("InvalidLookupAttributesException", "You can specify only one lookup attribute.")
    }
    let oldest = now.adding(seconds: -days * 86_400)
    if let since = input.startTime, let until = input.endTime, since > until {
      throw AWSError("InvalidTimeRangeException", "The start time must be before the end time.")  // unverified: words
    }
    var query = HistoryQuery(
      account: try context.account, region: context.region.rawValue, since: max(input.startTime ?? oldest, oldest),
      until: input.endTime ?? Timestamp(milliseconds: .max))
    // Times are asked for by the second, and all of a second belongs to it.
    if let until = input.endTime { query.until = until.wholeSeconds.adding(milliseconds: 999) }
    if let attribute = attributes.first {
      guard let key = HistoryQuery.Attribute(rawValue: attribute.attributeKey) else {
        throw AWSError(
          "InvalidLookupAttributesException", "\(attribute.attributeKey) is not a valid lookup attribute.")
      }
      query.attribute = key
      query.value = attribute.attributeValue
    }
    return query
  }

  /// AWS: CloudTrail API, LookupEvents: "The rate of lookup requests is limited to two per second, per account, per Region."
  private func limit(_ context: Context, _ now: Timestamp) throws(AWSError) {
    let account = try context.account
    let isTooMany = rates.withLock { rates in
      var recent = (rates[account] ?? []).filter { $0 > now.milliseconds - 1000 }
      if recent.count >= 2 { return true }
      recent.append(now.milliseconds)
      rates[account] = recent
      return false
    }
    if isTooMany { throw AWSError("ThrottlingException", "Rate exceeded", status: 400) }
  }

  // MARK: Tokens, good for the same question only

  private static func write(_ token: EventHistory.Token, _ query: HistoryQuery) -> String {
    Base64.encode(Array("\(token.segment)/\(token.place)/\(fingerprint(query))".utf8))
  }

  private static func read(_ text: String, _ query: HistoryQuery) throws(AWSError) -> EventHistory.Token {
    let parts = Base64.decode(text).map { String(decoding: $0, as: UTF8.self).split(separator: "/") } ?? []
    guard parts.count == 3, let segment = UInt64(parts[0]), let place = Int(parts[1]),
      parts[2] == String(fingerprint(query))
    else {
      // unverified: words
      throw AWSError("InvalidNextTokenException", "The token is not valid for this request.")
    }
    return EventHistory.Token(segment: segment, place: place)
  }

  /// What must be the same from page to page; the times only where they were asked for would be the caller's to repeat.
  private static func fingerprint(_ query: HistoryQuery) -> UInt32 { query.mark }
}
