import Cloud
import Wire

/// Which events somebody wants to see as they happen.
public struct LiveEventFilter: Sendable {
  /// Whose records; those of one account unless it is an organization's management account, which sees its members'.
  public var account: AccountID
  /// Only of this account; nothing for all that ``account`` sees.
  public var member: AccountID?
  /// A part of the caller's ARN, in any case.
  public var principal: String
  /// A part of `s3:CreateBucket` or of its like, in any case.
  public var action: String
  public var isDeniedOnly: Bool

  public init(
    account: AccountID, member: AccountID? = nil, principal: String = "", action: String = "",
    isDeniedOnly: Bool = false
  ) {
    self.account = account
    self.member = member
    self.principal = principal.lowercased()
    self.action = action.lowercased()
    self.isDeniedOnly = isDeniedOnly
  }
}

extension CloudTrailService {
  /// So many events of before come first.
  private static let recent = 100

  /// The newest events that a filter lets through, and then those that happen, in portions; an empty portion now and then tells
  /// that the stream still stands. Each is an object of `id`, `time`, `account`, `region`, `source`, `name`, `principal`,
  /// `isDenied`, `errorCode`, `requestID` and the whole `record`.
  public func liveEvents(_ filter: LiveEventFilter) -> AsyncStream<[JSONValue]> {
    let house = house
    return AsyncStream { continuation in
      let task = Task {
        await CloudTrailService.follow(filter, house) { continuation.yield($0) }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private static func follow(
    _ filter: LiveEventFilter, _ house: TrailHouse, _ send: @Sendable ([JSONValue]) -> Void
  ) async {
    guard let journal = house.journal else { return }
    let accounts = (try? await house.seenAccounts(filter)) ?? [filter.account]
    let catalog = house.catalog
    var follower: JournalSegmentFollower?
    // What was before is found in the last segments.
    var segment = journal.extents.suffix(2).first?.number ?? 0
    var isFirst = true
    var quiet = 0
    while !Task.isCancelled {
      var found: [JSONValue] = []
      for extent in journal.extents where extent.number >= segment {
        var reader = extent.follower
        if let known = follower, known.number == extent.number { reader = known }
        follower = nil
        reader.read(to: extent.length) { entry, _ in
          for recipient in entry.recipients where accounts.contains(recipient) {
            let record = EventRecord(entry: entry, event: catalog.event(of: entry), recipient: recipient)
            if filter.takes(record) { found.append(record.line) }
          }
          return true
        }
        follower = reader
        segment = extent.number
      }
      if isFirst { found = Array(found.suffix(CloudTrailService.recent)) }
      isFirst = false
      quiet = found.isEmpty ? quiet + 1 : 0
      if !found.isEmpty || quiet % 20 == 0 { send(found) }
      try? await Task.sleep(for: .milliseconds(250))
    }
  }
}

extension TrailHouse {
  /// The accounts whose events an account sees: its own, and if it manages an organization its members'.
  func seenAccounts(_ filter: LiveEventFilter) async throws(AWSError) -> Set<AccountID> {
    let accounts = try await store.transact { transaction throws(AWSError) -> Set<AccountID> in
      guard let organization = try Organizations.of(filter.account, transaction),
        organization.managementAccount == filter.account
      else { return [filter.account] }
      return Set(try Organizations.members(of: organization.id, transaction))
    }
    guard let member = filter.member else { return accounts }
    return accounts.contains(member) ? [member] : []
  }
}

extension LiveEventFilter {
  func takes(_ record: EventRecord) -> Bool {
    if isDeniedOnly, !record.entry.isDenied { return false }
    if !principal.isEmpty, !record.principal.lowercased().contains(principal) { return false }
    return action.isEmpty || "\(record.entry.service):\(record.name)".lowercased().contains(action)
  }
}

extension EventRecord {
  /// Who called, in one text.
  var principal: String {
    if case .service(let name) = entry.caller.kind { return name }
    return entry.caller.arn.isEmpty ? "anonymous" : entry.caller.arn
  }

  /// The event as live pages show it.
  var line: JSONValue {
    .object([
      .init("id", .string(id.description)), .init("time", .string(entry.time.iso8601)),
      .init("account", .string(recipient.rawValue)), .init("region", .string(entry.region)),
      .init("source", .string(entry.service)), .init("name", .string(name)), .init("principal", .string(principal)),
      .init("isDenied", .bool(entry.isDenied)), .init("errorCode", errorCode.map { .string($0) } ?? .null),
      .init("requestID", .string(entry.requestID)), .init("record", json),
    ])
  }
}
