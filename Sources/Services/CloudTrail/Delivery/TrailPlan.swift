import Cloud
import Wire

/// One trail in a round of deliveries: what it wants, and what was read for it.
struct TrailPlan: Sendable {
  let trail: TrailRecord
  var state: TrailStateRecord
  /// The accounts whose calls it records.
  let accounts: Set<AccountID>
  /// Calls before it are not for this round.
  var position: JournalPlace
  var batches: [Lane: LogBatch] = [:]
  /// How many of the state's switches were passed.
  private(set) var switched = 0
  private(set) var isReading: Bool

  init(_ trail: TrailRecord, _ state: TrailStateRecord, position: JournalPlace, accounts: Set<AccountID>) {
    self.trail = trail
    self.state = state
    self.position = position
    self.accounts = accounts
    isReading = state.isReading
  }

  /// Whether a trail that was stopped has read all that it still wanted.
  var isDone: Bool { !isReading && switched == state.switches.count }

  /// Takes calls whether the trail logs now or not: they lie in a stretch in which it did.
  mutating func readAll() {
    isReading = true
    switched = state.switches.count
  }

  /// Passes a call, and takes its records if they are wanted.
  /// - Returns: the accounts whose records were taken.
  mutating func pass(_ call: RecordedCall) -> [AccountID] {
    let isSwitch = switched < state.switches.count && state.switches[switched] == call.entry.requestID
    guard isSwitch else { return isReading ? take(call) : [] }
    // What starts a trail is its first record, and what stops it is its last.
    switched += 1
    isReading.toggle()
    return take(call)
  }

  private mutating func take(_ call: RecordedCall) -> [AccountID] {
    guard wants(call), !call.isOfCloudTrail else { return [] }
    var taken: [AccountID] = []
    for recipient in call.entry.recipients where accounts.contains(recipient) && !call.isForgotten(recipient) {
      guard trail.selection.takes(call.facts(for: recipient)) else { continue }
      batches[Lane(account: recipient, region: call.entry.region), default: LogBatch()].append(
        call.text(for: recipient), at: call.entry.time, place: call.place, keepingText: trail.logGroupARN != nil)
      taken.append(recipient)
    }
    return taken
  }

  private func wants(_ call: RecordedCall) -> Bool {
    if call.isGlobal { return trail.includesGlobalEvents }
    return trail.isMultiRegion || call.entry.region == trail.region.rawValue
  }
}

/// A call from the journal, with its records made once for all trails that want them.
final class RecordedCall {
  let entry: JournalEntry
  let place: JournalPlace
  let event: AuditEvent
  let isGlobal: Bool
  private let emptied: [AccountID: JournalPlace]
  private var texts: [AccountID: String] = [:]
  private var knownFacts: [AccountID: EventSelection.Facts] = [:]

  init(_ entry: JournalEntry, at place: JournalPlace, _ catalog: EventCatalog, emptied: [AccountID: JournalPlace]) {
    self.entry = entry
    self.place = place
    self.emptied = emptied
    event = catalog.event(of: entry)
    isGlobal = catalog.isGlobal(entry)
  }

  /// Whether it only handed an event on: in AWS that is no call of anybody's.
  var isOfCloudTrail: Bool {
    entry.service == "events" && entry.caller.kind == .service(CloudTrailService.principal)
  }

  func record(for account: AccountID) -> EventRecord { EventRecord(entry: entry, event: event, recipient: account) }

  func isForgotten(_ account: AccountID) -> Bool { emptied[account].map { place < $0 } ?? false }

  func facts(for account: AccountID) -> EventSelection.Facts {
    if let facts = knownFacts[account] { return facts }
    let facts = EventSelection.Facts(record(for: account))
    knownFacts[account] = facts
    return facts
  }

  func text(for account: AccountID) -> String {
    if let text = texts[account] { return text }
    let text = record(for: account).json.text
    texts[account] = text
    return text
  }
}
