import Cloud
import Wire

/// PutEvents: an entry that is wrong fails alone; the others are on their way when the answer comes.
///
/// This is also the way in for AWS's services. CloudTrail, S3 and others call PutEvents as their service principal, with facts that
/// name an account (`aws:SourceAccount`): the events land on that account's default bus, in the Region of the call. Only they may
/// use sources that begin with `aws.`; no policy has to allow it, as in AWS.
///
///     try await calls.call(
///       "PutEvents", of: "events", input, as: .service("cloudtrail.amazonaws.com"), in: region,
///       facts: .service("cloudtrail.amazonaws.com", sourceAccount: account))
struct PutEvents: Sendable {
  let publisher: Publisher

  // MARK: Access

  /// Own buses are asked for before anything happens; those of other accounts decide entry by entry.
  static func access(
    _ input: PutEventsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    if context.servicePrincipal != nil { return [] }
    let account = try context.account
    var checks: [AccessCheck] = []
    var seen: Set<String> = []
    let isForwarded = Forwarding.identities(context) != nil
    for entry in input.entries {
      guard let bus = try? Bus(entry.eventBusName, context), bus.account == account || isForwarded else { continue }
      guard seen.insert("\(bus.arn) \(entry.source ?? "") \(entry.detailType ?? "")").inserted else { continue }
      checks.append(try check(entry, bus, isForwarded: isForwarded, transaction))
    }
    return checks
  }

  private static func check(
    _ entry: PutEventsRequestEntry, _ bus: Bus, isForwarded: Bool = false, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    var keys: [(name: String, value: ConditionValue)] = [
      ("events:eventBusInvocation", .single(isForwarded ? "true" : "false"))
    ]
    if let source = entry.source { keys.append(("events:source", .single(source))) }
    if let detailType = entry.detailType { keys.append(("events:detail-type", .single(detailType))) }
    return try bus.check("PutEvents", transaction, keys: keys)
  }

  // MARK: Handling

  func put(
    _ input: PutEventsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutEventsResponse {
    if input.endpointId != nil { throw .notImplemented("PutEvents with EndpointId", of: "EventBridge") }
    var total = 0
    for entry in input.entries { total += PutEvents.size(of: entry) }
    let identities = Forwarding.identities(context)
    // What another bus hands on was measured when it was put.
    if total > Quotas.entries, identities == nil {
      throw .validation("Total size of the entries in the request is over the limit.")
    }
    var results: [PutEventsResultEntry] = []
    var buses: [(bus: Bus, events: [Event])] = []
    for (index, entry) in input.entries.enumerated() {
      let identity = identities.flatMap { index < $0.count ? $0[index] : nil }
      switch try read(entry, identity, context, transaction) {
      case .failure(let failure): results.append(failure.entry)
      case .success(let (event, bus)):
        results.append(PutEventsResultEntry(eventId: event.id))
        guard let bus else { continue }
        if let place = buses.firstIndex(where: { $0.bus.arn == bus.arn }) {
          buses[place].events.append(event)
        } else {
          buses.append((bus, [event]))
        }
      }
    }
    for (bus, events) in buses { try publisher.publish(events, on: bus, transaction) }
    return PutEventsResponse(failedEntryCount: results.filter { $0.errorCode != nil }.count, entries: results)
  }

  /// AWS: EventBridge user guide, "Calculating PutEvents event entry size": 14 bytes for a time, and the bytes of source, detail
  /// type, detail and resources.
  static func size(of entry: PutEventsRequestEntry) -> Int {
    (entry.time == nil ? 0 : 14) + (entry.source?.utf8.count ?? 0) + (entry.detailType?.utf8.count ?? 0)
      + (entry.detail?.utf8.count ?? 0) + (entry.resources ?? []).reduce(0) { $0 + $1.utf8.count }
  }

  private struct Failure: Error {
    var entry: PutEventsResultEntry

    init(_ code: String, _ message: String) { entry = PutEventsResultEntry(errorCode: code, errorMessage: message) }

    static func missing(_ name: String) -> Failure {
      Failure("InvalidArgument", "Parameter \(name) is not valid. Reason: \(name) is a required argument.")
    }
  }

  /// An entry's event and where it goes: nowhere, if there is no such bus.
  private func read(
    _ entry: PutEventsRequestEntry, _ identity: Forwarding.Identity?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Result<(Event, Bus?), Failure> {
    guard let source = entry.source, !source.isEmpty else { return .failure(.missing("Source")) }
    guard let detailType = entry.detailType, !detailType.isEmpty else { return .failure(.missing("DetailType")) }
    guard let text = entry.detail, !text.isEmpty else { return .failure(.missing("Detail")) }
    if source.hasPrefix("aws."), context.servicePrincipal == nil, identity == nil {
      return .failure(Failure("NotAuthorizedForSourceException", "Not authorized for the source."))
    }
    guard detailType.utf8.count <= 128 else {
      // unverified: words
      return .failure(
        Failure(
          "InvalidArgument",
          "Parameter DetailType is not valid. Reason: DetailType must not be longer than 128 characters."))
    }
    guard let detail = JSONValue(json: Array(text.utf8)), detail.object != nil else {
      return .failure(Failure("MalformedDetail", "Detail is malformed."))
    }
    let bus = try Bus(entry.eventBusName, context)
    // Those of other accounts were not asked yet.
    if context.servicePrincipal == nil, identity == nil, bus.account != (try context.account) {
      guard try context.isAuthorized(try PutEvents.check(entry, bus, transaction), transaction) else {
        return .failure(
          Failure("AccessDeniedException", "You do not have sufficient access to perform this action."))
      }
    }
    let account = try context.acting.rawValue
    var event = Event(
      id: identity?.id ?? transaction.random.uuid(), detailType: detailType, source: source,
      account: identity?.account ?? account, time: entry.time ?? transaction.now,
      region: identity?.region ?? context.region.rawValue, resources: entry.resources ?? [], detail: detail,
      ingested: transaction.now)
    event.traceHeader = entry.traceHeader ?? context.request.header("x-amzn-trace-id")
    event.isForwarded = identity != nil
    // AWS answers with an id for a bus that isn't there, and the event is gone.
    return .success((event, try bus.find(transaction) == nil ? nil : bus))
  }
}
